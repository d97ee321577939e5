/*
 * The near miss of philosophers.c: everybody takes the fork with the lower number first, so the
 * last philosopher begins on the right. One order for all.
 */
/* EXPECT none */
/* THREADS 6 */
#include "scenario.h"

enum { SEATS = 5 };

static pthread_mutex_t forks[SEATS];

static void *dine(void *argument)
{
	int seat = (int)(intptr_t)argument;
	int right = (seat + 1) % SEATS;
	int low = seat < right ? seat : right;
	int high = seat < right ? right : seat;

	stage_await(seat);
	pthread_mutex_lock(&forks[low]);
	pthread_mutex_lock(&forks[high]);
	pthread_mutex_unlock(&forks[high]);
	pthread_mutex_unlock(&forks[low]);
	stage_reach(seat + 1);
	return argument;
}

int main(void)
{
	pthread_t seats[SEATS];

	for (intptr_t i = 0; i < SEATS; i++)
		seats[i] = start(dine, (void *)i);
	for (int i = 0; i < SEATS; i++)
		finish(seats[i]);
	return 0;
}
