/*
 * A semaphore is destroyed while a thread is blocked on it: undefined (POSIX sem_destroy). glibc
 * does nothing there, so that a post after it, which is as undefined, still ends the wait here.
 */
/* EXPECT destroy-waited misuse act cause */
/* EXPECT use-after-destroy misuse late act */
/* ACQUISITIONS 0 */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;
static int waiter;

static void *wait_for_it(void *argument)
{
	waiter = gettid();
	stage_reach(1);
	CHECK(sem_wait(&s) == 0); /* @cause */
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&s, 0, 0);
	thread = start(wait_for_it, NULL);
	stage_await(1);
	await_blocked(waiter);
	sem_destroy(&s); /* @act */
	sem_post(&s);	 /* @late */
	finish(thread);
	return 0;
}
