/* The near miss of deadlock_stream.c: the worker gives the stream back before it wants the mutex. */
/* EXPECT none */
/* THREADS 2 */
/* OUTPUT printed */
#include "hang.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	flockfile(stdout);
	meet(2);
	funlockfile(stdout);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_mutex_lock(&mutex);
	meet(2);
	puts("printed");
	pthread_mutex_unlock(&mutex);
	finish(thread);
	return 0;
}
