/*
 * A near miss of philosophers.c: a waiter lets one philosopher at a time pick up forks. Who eats
 * has given the waiter back, but wants nothing any more. Whoever wants a fork with another in hand
 * has the waiter, so there is only one.
 */
/* EXPECT lock-order discharged gate-lock right */
/* ALLOW discharged */
#include "scenario.h"

enum { SEATS = 5 };

static pthread_mutex_t forks[SEATS];
static pthread_mutex_t waiter = PTHREAD_MUTEX_INITIALIZER;

static void *dine(void *argument)
{
	int seat = (int)(intptr_t)argument;

	stage_await(seat);
	pthread_mutex_lock(&waiter);
	pthread_mutex_lock(&forks[seat]);
	pthread_mutex_lock(&forks[(seat + 1) % SEATS]); /* @right */
	pthread_mutex_unlock(&waiter);
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
