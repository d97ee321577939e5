/*
 * Thread one waits with the mutex until thread other has taken a, b; makes true what thread two
 * waits for; and signals when it has given the mutex back. All that it did before comes before
 * thread two.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;
static sem_t done;

static void *other(void *argument)
{
	stage_await(2);
	take_both(&a, &b); /* @first */
	sem_post(&done);
	return argument;
}

static void *one(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	stage_reach(2);
	sem_wait(&done);
	ready = true;
	pthread_mutex_unlock(&m);
	pthread_cond_signal(&changed);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_t third;

	sem_init(&done, 0, 0);
	third = start(other, NULL);
	run_two(one, two);
	finish(third);
	return 0;
}
