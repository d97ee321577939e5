/*
 * Thread one takes a, b and then posts s three times, for three threads that each take b, a after
 * one unit: whichever unit it is, a, b were taken before.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	take_ab();
	for (int i = 0; i < 3; i++)
		CHECK(sem_post(&s) == 0);
	return argument;
}

static void *two(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t takers[3];

	CHECK(sem_init(&s, 0, 0) == 0);
	for (int i = 0; i < 3; i++)
		takers[i] = start(two, NULL);
	finish(start(one, NULL));
	for (int i = 0; i < 3; i++)
		finish(takers[i]);
	return 0;
}
