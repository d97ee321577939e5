/*
 * The near miss of hang_futex.c: the wait in the futex has a limit, of more than hang_timeout,
 * after which the worker gives up.
 */
/* EXPECT none */
/* THREADS 2 */
#include "futexes.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int word;

static void *worker(void *argument)
{
	const struct timespec limit = {3, 500000000};

	pthread_mutex_lock(&mutex);
	meet(2);
	futex(&word, FUTEX_WAIT_PRIVATE, 0, &limit);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	meet(2);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	finish(thread);
	return 0;
}
