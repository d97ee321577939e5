/*
 * A near miss of philosophers.c: the room has one seat less than there are philosophers, and each
 * sits down before he takes a fork, and gets up when he has put down both. So one of those who sit
 * has a neighbour who does not, and gets both forks.
 */
/* EXPECT lock-order discharged gate-lock right */
#include "seats.h"

static void *dine(void *argument)
{
	int place = (int)(intptr_t)argument;

	stage_await(place);
	for (int i = 0; i < MEALS; i++) {
		CHECK(sem_wait(&room) == 0);
		pthread_mutex_lock(&forks[place]);
		pthread_mutex_lock(&forks[(place + 1) % PHILOSOPHERS]); /* @right */
		finish_meal(place);
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
