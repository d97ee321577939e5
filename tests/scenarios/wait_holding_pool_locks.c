/*
 * The parent waits for a unit while it holds a and b. Of two threads that post one, the first takes
 * a before, the second b. If the parent has both first, none of them goes on.
 */
/* EXPECT wait-holding potential hold wait need other */
/* STEPS 3 */
/* SAYS first takes a and second takes b before they post it */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *first(void *argument)
{
	pthread_mutex_lock(&a); /* @need */
	pthread_mutex_unlock(&a);
	sem_post(&units);
	stage_advance();
	return argument;
}

static void *second(void *argument)
{
	pthread_mutex_lock(&b); /* @other */
	pthread_mutex_unlock(&b);
	sem_post(&units);
	stage_advance();
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	one = start(first, NULL);
	two = start(second, NULL);
	stage_await(2);
	pthread_mutex_lock(&a); /* @hold */
	pthread_mutex_lock(&b);
	sem_wait(&units); /* @wait */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
