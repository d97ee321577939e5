/*
 * The main thread holds pool from before it creates the worker until it is done with control. The
 * worker wants pool back from a condition wait while it holds control: it has had pool before, so
 * the main thread had given it back by then. That the main thread takes pool again later, with
 * nothing inside, changes nothing.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER, control = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static bool over;

static void *worker(void *argument)
{
	pthread_mutex_lock(&pool);
	pthread_mutex_lock(&control);
	stage_reach(1);
	while (!over)
		pthread_cond_wait(&work, &pool); /* @second */
	pthread_mutex_unlock(&control);
	pthread_mutex_unlock(&pool);
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
	stage_await(1); /* and the lock is given back by the wait */
	pthread_mutex_lock(&pool);
	over = true;
	pthread_cond_signal(&work);
	pthread_mutex_unlock(&pool);
	finish(thread);
	return 0;
}
