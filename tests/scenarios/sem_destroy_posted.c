/*
 * The near miss of sem_destroy_waited.c: the wait has got its post before the semaphore is
 * destroyed, so the thread is not blocked any more. And to destroy a semaphore that is taken is no
 * misuse: only threads that are blocked on it matter.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t s, taken;
static int waiter;

static void *wait_for_it(void *argument)
{
	waiter = gettid();
	stage_reach(1);
	CHECK(sem_wait(&s) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&s, 0, 0);
	sem_init(&taken, 0, 1);
	CHECK(sem_wait(&taken) == 0);
	thread = start(wait_for_it, NULL);
	stage_await(1);
	await_blocked(waiter);
	sem_post(&s);
	CHECK(sem_destroy(&s) == 0);
	finish(thread);
	CHECK(sem_destroy(&taken) == 0);
	return 0;
}
