/*
 * A thread for each request takes m with its semaphore, and its creator the semaphore with m, each
 * time: a thousand times the same, of which a few are kept.
 */
/* EXPECT lock-order feasible take_m take_own */
/* TRACE <=256 */
#include "between_rounds.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *argument)
{
	const struct between_round *round = argument;

	sem_wait(round->own);
	sem_post(round->own);
	sem_wait(round->own);
	pthread_mutex_lock(&m); /* @take_m */
	pthread_mutex_unlock(&m);
	sem_post(round->own);
	return between_end();
}

static void during(const struct between_round *round)
{
	between_await(round->number + 1);
	sem_wait(round->own);
	sem_post(round->own);
	pthread_mutex_lock(&m);
	sem_wait(round->own); /* @take_own */
	sem_post(round->own);
	pthread_mutex_unlock(&m);
}

static void after(const struct between_round *round)
{
	(void)round;
}

int main(void)
{
	between_rounds(1000, work, during, after);
	return 0;
}
