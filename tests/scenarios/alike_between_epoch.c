/*
 * What the creator does with a thread's semaphore held is the same each time. In the middle of a
 * thousand rounds a thread is there that takes the same two mutexes in the other order: from then
 * on that is a deadlock, and the first rounds, which are kept, are over before.
 */
/* EXPECT lock-order feasible take_y take_x */
/* TRACE <=256 */
#include "between_rounds.h"

static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t y = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *argument)
{
	const struct between_round *round = argument;

	sem_wait(round->own);
	sem_post(round->own);
	return between_end();
}

static void *other(void *argument)
{
	pthread_mutex_lock(&y);
	pthread_mutex_lock(&x); /* @take_x */
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&y);
	stage_reach(1);
	return argument;
}

static pthread_t late;

static void during(const struct between_round *round)
{
	if (round->number == 500) {
		late = start(other, NULL);
		stage_await(1);
	}
	sem_wait(round->own);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&y); /* @take_y */
	pthread_mutex_unlock(&y);
	pthread_mutex_unlock(&x);
	sem_post(round->own);
	if (round->number == 510)
		finish(late);
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
