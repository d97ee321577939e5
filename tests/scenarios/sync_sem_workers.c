/*
 * Each of four workers takes a, b and posts done; main takes done four times, so that all of them
 * have posted, and then takes b, a, while they may still run.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

#include <semaphore.h>

enum { WORKERS = 4 };

static sem_t done;

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

static void *work(void *argument)
{
	take_ab();
	CHECK(sem_post(&done) == 0);
	return argument;
}

int main(void)
{
	pthread_t workers[WORKERS];

	CHECK(sem_init(&done, 0, 0) == 0);
	for (int i = 0; i < WORKERS; i++)
		workers[i] = start(work, NULL);
	for (int i = 0; i < WORKERS; i++)
		CHECK(sem_wait(&done) == 0);
	take_ba();
	for (int i = 0; i < WORKERS; i++)
		finish(workers[i]);
	return 0;
}
