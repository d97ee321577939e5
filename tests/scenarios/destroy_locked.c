/* The main thread destroys a mutex that a worker holds (POSIX, pthread_mutex_destroy: undefined).
 */
/* EXPECT destroy-locked misuse act cause */
#include "scenario.h"

static pthread_mutex_t m;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_init(&m, NULL);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_destroy(&m); /* @act */
	stage_reach(2);
	finish(thread);
	return 0;
}
