/* A mutex on the heap is initialised while a worker holds it: afterwards it is free. */
/* EXPECT double-init misuse again cause */
#include "scenario.h"

static void *worker(void *argument)
{
	pthread_mutex_t *m = argument;

	pthread_mutex_lock(m); /* @cause */
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(m);
	return NULL;
}

int main(void)
{
	pthread_mutex_t *m = malloc(sizeof(*m));
	pthread_t thread;

	pthread_mutex_init(m, NULL);
	thread = start(worker, m);
	stage_await(1);
	pthread_mutex_init(m, NULL); /* @again */
	pthread_mutex_lock(m);	     /* It is free, as the worker's unlock is to find it locked. */
	stage_reach(2);
	finish(thread);
	free(m);
	return 0;
}
