/*
 * Five philosophers at a round table: each has taken the fork on the left and waits for the one on
 * the right, at one place in the code. Nobody gives a fork back before he has eaten.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed left right */
/* THREADS 6 */
/* LOCK forks[0] */
/* LOCK forks[4] */
#include "hang.h"

static pthread_mutex_t forks[5];

static void *dine(void *argument)
{
	pthread_mutex_t *left = argument, *right = &forks[(left - forks + 1) % 5];

	pthread_mutex_lock(left); /* @left */
	meet(5);
	pthread_mutex_lock(right); /* @right */
	pthread_mutex_unlock(right);
	pthread_mutex_unlock(left);
	return NULL;
}

int main(void)
{
	pthread_t philosophers[5];

	for (int i = 0; i < 5; i++)
		CHECK(pthread_mutex_init(&forks[i], NULL) == 0);
	for (int i = 0; i < 5; i++)
		philosophers[i] = start(dine, &forks[i]);
	for (int i = 0; i < 5; i++)
		finish(philosophers[i]);
	return 0;
}
