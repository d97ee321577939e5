/*
 * A near miss of gate_of_taken_inside.c: pool is read by both, which keeps neither out, and then
 * the worker wants to write.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_rwlock_t pool = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t control = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&pool);
	pthread_mutex_lock(&control);
	pthread_rwlock_unlock(&pool);
	pthread_rwlock_wrlock(&pool); /* @second */
	pthread_rwlock_unlock(&pool);
	pthread_mutex_unlock(&control);
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_rwlock_rdlock(&pool);
	thread = start(worker, NULL);
	pthread_mutex_lock(&control); /* @first */
	pthread_mutex_unlock(&control);
	pthread_rwlock_unlock(&pool);
	stage_reach(1);
	finish(thread);
	return 0;
}
