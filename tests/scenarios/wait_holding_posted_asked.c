/*
 * Like wait_holding_posted.c, but the lock is a semaphore, for which the worker tries first and
 * then waits, as CPython does. That it waits where a try fails another thread was seen to do.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

#include <semaphore.h>

static sem_t first, lock, done;
static int helper;

__attribute__((noinline)) static void take(void)
{
	if (sem_trywait(&lock) != 0) /* @need */
		sem_wait(&lock);
}

static void *contender(void *argument)
{
	__atomic_store_n(&helper, gettid(), __ATOMIC_RELEASE);
	take();
	sem_post(&lock);
	return argument;
}

static void *worker(void *argument)
{
	take();
	sem_post(&lock);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&first, 0, 1);
	sem_init(&lock, 0, 1);
	sem_init(&done, 0, 0);
	/* What its maker takes first of all is taken to say that the maker lives. */
	sem_wait(&first);
	sem_post(&first);
	sem_wait(&lock);
	thread = start(contender, NULL);
	while (!__atomic_load_n(&helper, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(helper);
	sem_post(&lock);
	finish(thread);
	thread = start(worker, NULL);
	stage_await(1);
	sem_wait(&lock); /* @hold */
	sem_wait(&done); /* @wait */
	sem_post(&lock);
	finish(thread);
	return 0;
}
