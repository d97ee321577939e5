/*
 * A condition is destroyed while a thread is blocked on it. POSIX pthread_cond_destroy: to destroy
 * a condition upon which other threads are currently blocked is undefined. (glibc waits for the
 * waiter, so that a third thread can still wake it here.)
 */
/* EXPECT destroy-waited misuse act cause */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static int ready, waiter, destroyer;

static void *wait_for_it(void *argument)
{
	waiter = gettid();
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &m); /* @cause */
	pthread_mutex_unlock(&m);
	return argument;
}

static void *rescue(void *argument)
{
	stage_await(2);
	await_blocked(destroyer);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t first, second;

	CHECK(pthread_cond_init(&changed, NULL) == 0);
	first = start(wait_for_it, NULL);
	second = start(rescue, NULL);
	stage_await(1);
	await_blocked(waiter);
	destroyer = gettid();
	stage_reach(2);
	pthread_cond_destroy(&changed); /* @act */
	finish(first);
	finish(second);
	return 0;
}
