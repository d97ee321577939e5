/*
 * As alike_between_epoch, but the other thread is there between two rounds only: its creator has
 * joined it before it goes on.
 */
/* EXPECT lock-order discharged thread-order take_y take_x */
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
	return argument;
}

static void during(const struct between_round *round)
{
	sem_wait(round->own);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&y); /* @take_y */
	pthread_mutex_unlock(&y);
	pthread_mutex_unlock(&x);
	sem_post(round->own);
}

static void after(const struct between_round *round)
{
	if (round->number == 500)
		finish(start(other, NULL));
}

int main(void)
{
	between_rounds(1000, work, during, after);
	return 0;
}
