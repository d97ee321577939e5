/* The near miss of unordered_wait_holding_poster.c: so few are kept, and the deadlock is found. */
/* EXPECT wait-holding potential hold wait need */
/* UNORDERED 0 */
#include "scenario.h"

#include <semaphore.h>

enum { UNITS = 100 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t work;

static void *consume(void *argument)
{
	for (int i = 0; i < UNITS; i++)
		CHECK(sem_wait(&work) == 0);
	return argument;
}

static void *consume_and_hold(void *argument)
{
	consume(argument);
	stage_await(1);
	pthread_mutex_lock(&m);	     /* @hold */
	CHECK(sem_wait(&work) == 0); /* @wait */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t holder, other;

	CHECK(sem_init(&work, 0, 0) == 0);
	holder = start(consume_and_hold, NULL);
	other = start(consume, NULL);
	for (int i = 0; i < 2 * UNITS; i++)
		sem_post(&work);
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&work);
	finish(holder);
	finish(other);
	return 0;
}
