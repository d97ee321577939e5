/*
 * A thread has ended with a lock held. The mutex is not robust: it stays locked (POSIX,
 * pthread_mutexattr_setrobust, PTHREAD_MUTEX_STALLED), and the main thread waits for nobody.
 */
/* HANGS */
/* EXPECT hang observed want */
/* EXPECT exit-holding misuse cause */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	if (!argument)
		return NULL;
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	finish(start(worker, NULL));
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	return 0;
}
