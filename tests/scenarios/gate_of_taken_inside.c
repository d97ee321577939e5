/*
 * The main thread holds pool from before it creates the worker until it is done with control. The
 * worker takes control only with pool held, keeps it, and comes back for pool. So it has had pool
 * before, and the main thread had given it back by then.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER, control = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&pool);
	pthread_mutex_lock(&control);
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
	finish(thread);
	pthread_mutex_lock(&pool);
	pthread_mutex_unlock(&pool);
	return 0;
}
