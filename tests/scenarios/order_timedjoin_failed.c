/*
 * The near miss of order_timedjoin.c: the join fails with ETIMEDOUT, since the thread still runs.
 * The parent takes a, b all the same, and joins afterwards. A failed join orders nothing.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ba(void *argument)
{
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread = start(run_ba, NULL);
	struct timespec until;

	until = soon(CLOCK_REALTIME, 10);
	CHECK(pthread_timedjoin_np(thread, NULL, &until) == ETIMEDOUT);
	take_ab();
	stage_reach(1);
	finish(thread);
	return 0;
}
