/*
 * A near miss of gate_of_taken_inside.c: the worker takes control with pool held only because its
 * try of pool got it; while the main thread holds pool it would take control without.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER, control = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	bool has_pool;

	stage_await(1);
	has_pool = pthread_mutex_trylock(&pool) == 0;
	pthread_mutex_lock(&control);
	if (has_pool)
		pthread_mutex_unlock(&pool);
	pthread_mutex_lock(&pool); /* @second */
	pthread_mutex_unlock(&pool);
	pthread_mutex_unlock(&control);
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_lock(&pool);
	thread = start(worker, NULL);
	pthread_mutex_lock(&control); /* @first */
	pthread_mutex_unlock(&control);
	pthread_mutex_unlock(&pool);
	stage_reach(1);
	finish(thread);
	return 0;
}
