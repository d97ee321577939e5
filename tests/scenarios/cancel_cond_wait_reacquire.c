/*
 * As cond_reacquire.c, but the wait never ends normally: the waiter is cancelled. Before its
 * cleanup handler runs, it takes m again, with outer still held, and has to wait for it like
 * anybody. Another thread has m and wants outer.
 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void clean_up(void *argument)
{
	(void)argument;
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
}

static void *waiter(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer);
	pthread_cleanup_push(clean_up, NULL);
	stage_reach(1);
	for (;;)
		pthread_cond_wait(&changed, &m); /* @first */
	pthread_cleanup_pop(0);
	return argument;
}

static void *other(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer); /* @second */
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t waiting = start(waiter, NULL);
	pthread_t thread = start(other, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(pthread_cancel(waiting) == 0);
	finish(waiting);
	stage_reach(2);
	finish(thread);
	return 0;
}
