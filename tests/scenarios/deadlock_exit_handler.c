/*
 * exit is called with a lock held, and a handler of atexit joins a thread that wants the lock: the
 * handlers run on the thread that called exit (POSIX), which gives the lock back to nobody.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed own join want */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t thread;

static void *worker(void *argument)
{
	meet(2);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	return argument;
}

static void stop(void)
{
	pthread_join(thread, NULL); /* @join */
}

int main(void)
{
	CHECK(atexit(stop) == 0);
	thread = start(worker, NULL);
	pthread_mutex_lock(&m); /* @own */
	meet(2);
	exit(0);
}
