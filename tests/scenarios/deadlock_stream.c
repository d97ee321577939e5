/*
 * A circle through the lock of a stream: the worker has stdout (flockfile) and wants the mutex, the
 * main thread has the mutex and prints. "All functions that reference (FILE *) objects shall behave
 * as if they use flockfile() and funlockfile() internally" (POSIX, flockfile).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed lock print */
/* LOCK stdout */
/* THREADS 2 */
#include "hang.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	flockfile(stdout);
	meet(2);
	pthread_mutex_lock(&mutex); /* @lock */
	pthread_mutex_unlock(&mutex);
	funlockfile(stdout);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_mutex_lock(&mutex);
	meet(2);
	puts("never printed"); /* @print */
	pthread_mutex_unlock(&mutex);
	finish(thread);
	return 0;
}
