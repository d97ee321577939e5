/*
 * Each thread takes x inside y with its own semaphore held, and its creator y inside x with that of
 * the same thread: they keep each other out. But not a thread and what its creator does for
 * another: it may still be about to begin then.
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
	pthread_mutex_lock(&y);
	pthread_mutex_lock(&x); /* @take_x */
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&y);
	sem_post(round->own);
	return between_end();
}

static void during(const struct between_round *round)
{
	between_await(round->number + 1);
	sem_wait(round->own);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&y); /* @take_y */
	pthread_mutex_unlock(&y);
	pthread_mutex_unlock(&x);
	sem_post(round->own);
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
