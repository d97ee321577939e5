/*
 * The near miss of gate_of_taken_inside.c: the worker takes control with pool held in its second
 * round; in the first one it takes it with nothing held. It can have it so while the main thread
 * still holds pool.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER, control = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	stage_await(1);
	for (int round = 0; round < 2; round++) {
		if (round > 0)
			pthread_mutex_lock(&pool);
		pthread_mutex_lock(&control);
		if (round > 0)
			pthread_mutex_unlock(&pool);
		pthread_mutex_lock(&pool); /* @second */
		pthread_mutex_unlock(&pool);
		pthread_mutex_unlock(&control);
	}
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
	pthread_mutex_lock(&pool);
	pthread_mutex_unlock(&pool);
	return 0;
}
