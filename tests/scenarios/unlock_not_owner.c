/*
 * A worker locks a mutex and the main thread unlocks it. Undefined for a normal mutex (POSIX,
 * pthread_mutex_lock: unlocking a mutex that another thread has locked).
 */
/* EXPECT unlock-not-owner misuse act cause */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	stage_reach(1);
	stage_await(2);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_mutex_unlock(&m); /* @act */
	stage_reach(2);
	finish(thread);
	return 0;
}
