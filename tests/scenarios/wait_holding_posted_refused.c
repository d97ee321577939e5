/*
 * The near miss of wait_holding_posted_asked.c: who does not get the lock at once goes on without
 * it, as another thread was seen to do.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t first, lock, done;
static int helper;

__attribute__((noinline)) static int take(void)
{
	return sem_trywait(&lock) == 0;
}

static void *contender(void *argument)
{
	__atomic_store_n(&helper, gettid(), __ATOMIC_RELEASE);
	if (take())
		sem_post(&lock);
	stage_reach(2);
	return argument;
}

static void *worker(void *argument)
{
	if (take())
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
	sem_wait(&first);
	sem_post(&first);
	sem_wait(&lock);
	thread = start(contender, NULL);
	while (!__atomic_load_n(&helper, __ATOMIC_ACQUIRE))
		usleep(1000);
	stage_await(2);
	sem_post(&lock);
	finish(thread);
	thread = start(worker, NULL);
	stage_await(1);
	sem_wait(&lock);
	sem_wait(&done);
	sem_post(&lock);
	finish(thread);
	return 0;
}
