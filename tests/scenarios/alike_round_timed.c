/*
 * What a taker that does not wait for ever has left, as the time was up, the last one may have:
 * then it need not wait for the last giver. (Nor is it known which units were taken so: no schedule
 * is told.)
 */
/* EXPECT lock-order potential first second */
#include "alike_round_timed.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t there;

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
	CHECK(sem_init(&there, 0, 0) == 0);
	for (int round = 0; round < ROUNDS; round++)
		run_round(&there, take_timed, give_cd);
	run_round(&there, take_ab, give_ba);
	return 0;
}
