/*
 * The near miss of cond_destroy_waited.c: all waiters have been released by a broadcast. They have
 * not returned from their waits, as the mutex is held; but they are not blocked on the condition
 * any more, and POSIX pthread_cond_destroy names this very use as safe.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static int ready, waiters[2];

static void *wait_for_it(void *argument)
{
	int *tid = argument;

	pthread_mutex_lock(&m);
	*tid = gettid();
	stage_advance();
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	return NULL;
}

int main(void)
{
	pthread_t first, second;

	CHECK(pthread_cond_init(&changed, NULL) == 0);
	first = start(wait_for_it, &waiters[0]);
	second = start(wait_for_it, &waiters[1]);
	stage_await(2);
	await_blocked(waiters[0]);
	await_blocked(waiters[1]);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	CHECK(pthread_cond_destroy(&changed) == 0);
	finish(first);
	finish(second);
	return 0;
}
