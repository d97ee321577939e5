/* The near miss of philosophers_seats.c: there is a seat for each. */
/* EXPECT lock-order potential right */
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
	sem_init(&room, 0, PHILOSOPHERS);
	dine_all(dine);
	return 0;
}
