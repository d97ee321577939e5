/*
 * The main thread joins a worker and keeps the lock that the worker still needs. pthread_join
 * returns when the thread has ended (POSIX), which waits for the main thread.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed own join want */
/* THREADS 2 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	meet(2);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_mutex_lock(&m); /* @own */
	meet(2);
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}
