/*
 * Thread one takes s, which starts at 1, and leaves it to thread two to post it: from then on it is
 * no lock, and one does not hold it, whatever it takes afterwards. Another thread takes b, then s.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	stage_reach(3);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	sem_post(&s);
	stage_reach(2);
	stage_await(3);
	pthread_mutex_lock(&b);
	CHECK(sem_wait(&s) == 0);
	sem_post(&s);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	sem_init(&s, 0, 1);
	run_two(one, two);
	return 0;
}
