/*
 * The near miss of alike_semaphore_between.c: the parent waits for the other one only after the
 * next thread.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 102 */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t go, done;

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *run_ba(void *argument)
{
	sem_wait(&go);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t other;

	sem_init(&go, 0, 0);
	sem_init(&done, 0, 0);
	other = start(run_ba, NULL);
	for (int round = 0; round < 100; round++) {
		finish(start(run_ab, NULL));
		/* The next thread comes when this one is done, or after a while. */
		if (round == 50) {
			sem_post(&go);
			stage_await(1);
		}
	}
	sem_wait(&done);
	finish(other);
	return 0;
}
