/*
 * A thousand threads that differ only in their semaphores; but that of one is taken by another
 * thread, too, inside what it holds itself.
 */
/* EXPECT lock-order feasible take_m take_own */
#include "between_rounds.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *argument)
{
	const struct between_round *round = argument;

	sem_wait(round->own);
	pthread_mutex_lock(&m); /* @take_m */
	pthread_mutex_unlock(&m);
	sem_post(round->own);
	return between_end();
}

static void *third(void *argument)
{
	const struct between_round *round = argument;

	pthread_mutex_lock(&m);
	sem_wait(round->own); /* @take_own */
	sem_post(round->own);
	pthread_mutex_unlock(&m);
	return NULL;
}

static void during(const struct between_round *round)
{
	between_await(round->number + 1);
	if (round->number == 500)
		finish(start(third, (void *)round));
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
