/* A worker locks a mutex that the main thread has destroyed. glibc refuses it with EINVAL. */
/* EXPECT use-after-destroy misuse act cause */
#include "scenario.h"

static pthread_mutex_t m;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&m); /* @act */
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_init(&m, NULL);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_destroy(&m); /* @cause */
	stage_reach(2);
	finish(thread);
	return 0;
}
