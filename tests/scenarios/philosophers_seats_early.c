/*
 * The near miss of philosophers_seats.c: at his last meal each gets up with one fork in his hand,
 * and takes the other one from where he stands. So can all of them.
 */
/* EXPECT lock-order potential right */
#include "seats.h"

static void *dine(void *argument)
{
	int place = (int)(intptr_t)argument;

	stage_await(place);
	for (int i = 1; i <= MEALS; i++) {
		CHECK(sem_wait(&room) == 0);
		pthread_mutex_lock(&forks[place]);
		if (i == MEALS)
			sem_post(&room);
		pthread_mutex_lock(&forks[(place + 1) % PHILOSOPHERS]); /* @right */
		finish_meal(place);
		if (i < MEALS)
			sem_post(&room);
	}
	stage_reach(place + 1);
	return argument;
}

int main(void)
{
	sem_init(&room, 0, PHILOSOPHERS - 1);
	dine_all(dine);
	return 0;
}
