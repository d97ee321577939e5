/*
 * Thread one takes a, b and posts s; main takes s and only then creates thread two, which takes b,
 * a. Thread one is not joined before that.
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
	CHECK(sem_post(&s) == 0);
	return argument;
}

static void *two(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	pthread_t first = start(one, NULL);

	CHECK(sem_wait(&s) == 0);
	finish(start(two, NULL));
	finish(first);
	return 0;
}
