/*
 * The near miss of gate_of_retake.c: the main thread creates the worker before it takes pool. The
 * worker can have control then, and be in its condition wait; woken without cause (POSIX allows
 * it), it wants pool, which the main thread holds while it wants control.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER, control = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static bool over;

static void *worker(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&pool);
	pthread_mutex_lock(&control);
	stage_reach(2);
	while (!over)
		pthread_cond_wait(&work, &pool); /* @second */
	pthread_mutex_unlock(&control);
	pthread_mutex_unlock(&pool);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_mutex_lock(&pool);
	pthread_mutex_lock(&control); /* @first */
	pthread_mutex_unlock(&control);
	pthread_mutex_unlock(&pool);
	stage_reach(1);
	stage_await(2); /* and the lock is given back by the wait */
	pthread_mutex_lock(&pool);
	over = true;
	pthread_cond_signal(&work);
	pthread_mutex_unlock(&pool);
	finish(thread);
	return 0;
}
