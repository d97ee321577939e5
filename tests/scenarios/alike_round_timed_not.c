/*
 * The near miss of alike_round_timed.c: the last round has a semaphore of its own.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "alike_round_timed.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t there, last;

static void *give_ba(void *semaphore)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @first */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	sem_post(semaphore);
	return semaphore;
}

static void *take_ab(void *semaphore)
{
	CHECK(sem_wait(semaphore) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @second */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return semaphore;
}

int main(void)
{
	CHECK(sem_init(&there, 0, 0) == 0 && sem_init(&last, 0, 0) == 0);
	for (int round = 0; round < ROUNDS; round++)
		run_round(&there, take_timed, give_cd);
	run_round(&last, take_ab, give_ba);
	return 0;
}
