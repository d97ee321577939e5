/*
 * pthread_mutex_lock is no cancellation point. A thread with a cancellation pending takes and
 * gives back its locks, and ends at the next pthread_testcancel, with its clean-up handler taking
 * b alone. Order is a before b throughout.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void clean_up(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	pthread_cleanup_push(clean_up, NULL);
	stage_reach(1);
	while (__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE) < 2)
		;
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_testcancel();
	pthread_cleanup_pop(0);
	return argument;
}

int main(void)
{
	pthread_t thread = start(one, NULL);

	stage_await(1);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	CHECK(pthread_cancel(thread) == 0);
	stage_reach(2);
	finish(thread);
	return 0;
}
