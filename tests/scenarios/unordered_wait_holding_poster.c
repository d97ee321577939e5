/*
 * Like unordered_wait_holding.c, but two threads share the units, so that neither takes more than
 * is kept: the parent posts more. Then a consumer waits for one with m held, and the parent takes m
 * before it posts that. The parent was first; had it not been, neither would have gone on.
 */
/* EXPECT none */
/* UNORDERED =1 */
#include "scenario.h"

#include <semaphore.h>

enum { UNITS = 150 };

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
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&work) == 0);
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
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&work);
	finish(holder);
	finish(other);
	return 0;
}
