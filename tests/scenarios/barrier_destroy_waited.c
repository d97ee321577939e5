/*
 * A barrier is destroyed while a thread is blocked on it: undefined (POSIX
 * pthread_barrier_destroy). (glibc waits for ever then. A third thread ends the program.)
 */
/* EXPECT barrier-misuse misuse act cause */
#include "scenario.h"

static pthread_barrier_t barrier;
static int waiter, destroyer;

static void *meet(void *argument)
{
	waiter = gettid();
	stage_reach(1);
	pthread_barrier_wait(&barrier); /* @cause */
	return argument;
}

static void *rescue(void *argument)
{
	stage_await(2);
	await_blocked(destroyer);
	exit(0);
	return argument;
}

int main(void)
{
	pthread_t first, second;

	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	first = start(meet, NULL);
	second = start(rescue, NULL);
	stage_await(1);
	await_blocked(waiter);
	destroyer = gettid();
	stage_reach(2);
	pthread_barrier_destroy(&barrier); /* @act */
	finish(first);
	finish(second);
	return 0;
}
