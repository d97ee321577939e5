/* The near miss of once_semaphore.c: the second thread calls the once before it takes the
 * semaphore. */
/* EXPECT none */
#include "scenario.h"
#include <semaphore.h>

static sem_t s;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	sem_wait(&s);
	sem_post(&s);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_once(&once, initialise);
	sem_wait(&s);
	sem_post(&s);
	return argument;
}

int main(void)
{
	sem_init(&s, 0, 1);
	run_two(one, two);
	return 0;
}
