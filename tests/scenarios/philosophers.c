/*
 * Dijkstra's five philosophers: each takes the fork on the left and then the one on the right.
 * When all have the left one, nobody gets the right one. One circle of five, one line.
 */
/* EXPECT lock-order feasible right */
/* THREADS 6 */
#include "scenario.h"

enum { SEATS = 5 };

static pthread_mutex_t forks[SEATS];

static void *dine(void *argument)
{
	int seat = (int)(intptr_t)argument;

	stage_await(seat);
	pthread_mutex_lock(&forks[seat]);
	pthread_mutex_lock(&forks[(seat + 1) % SEATS]); /* @right */
	pthread_mutex_unlock(&forks[(seat + 1) % SEATS]);
	pthread_mutex_unlock(&forks[seat]);
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
