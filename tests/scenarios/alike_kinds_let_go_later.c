/*
 * Threads of two kinds in turn, and another one, made before them, that takes b, a when fifty of
 * each have been joined: until then it waits for a semaphore. Those that come then can be there at
 * the same time.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 202 */
#include "alike_kinds.h"
#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t go, done;

static void *run_ab(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ba(void *argument)
{
	sem_wait(&go);
	take_ba();
	stage_reach(1);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t other;

	CHECK(sem_init(&go, 0, 0) == 0 && sem_init(&done, 0, 0) == 0);
	stage_reach(1);
	other = start(run_ba, NULL);
	for (int round = 0; round < ROUNDS; round++) {
		if (round == ODD_ROUND) {
			stage_reach(0);
			sem_post(&go);
		}
		finish(start(run_ab, NULL));
		finish(start(run_cd, NULL));
		if (round == ODD_ROUND)
			sem_wait(&done);
	}
	finish(other);
	return 0;
}
