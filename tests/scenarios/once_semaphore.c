/*
 * The initialiser takes a semaphore that is used as a lock; another thread calls the once with it
 * taken. In another schedule it waits for an initialiser that waits for the semaphore.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
#include "scenario.h"
#include <semaphore.h>

static sem_t s;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	sem_wait(&s); /* @first */
	sem_post(&s);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise); /* @first-hold */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	sem_wait(&s);			 /* @second-hold */
	pthread_once(&once, initialise); /* @second */
	sem_post(&s);
	return argument;
}

int main(void)
{
	sem_init(&s, 0, 1);
	run_two(one, two);
	return 0;
}
