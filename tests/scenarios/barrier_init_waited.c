/*
 * A barrier is initialised again while a thread is blocked on it: undefined (POSIX
 * pthread_barrier_init). (glibc forgets the thread, which is woken by a round of others.)
 */
/* EXPECT barrier-misuse misuse act cause */
#include "scenario.h"

static pthread_barrier_t barrier;
static int waiter;

static void *meet(void *argument)
{
	waiter = gettid();
	stage_reach(1);
	pthread_barrier_wait(&barrier); /* @cause */
	return argument;
}

static void *meet_again(void *argument)
{
	stage_await(2);
	pthread_barrier_wait(&barrier);
	return argument;
}

int main(void)
{
	pthread_t first, second, third;

	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	first = start(meet, NULL);
	second = start(meet_again, NULL);
	third = start(meet_again, NULL);
	stage_await(1);
	await_blocked(waiter);
	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0); /* @act */
	stage_reach(2);
	finish(first);
	finish(second);
	finish(third);
	return 0;
}
