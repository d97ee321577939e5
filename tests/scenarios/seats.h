/*
 * Dining philosophers in a room with seats: a semaphore that begins at `seats`. Each takes both of
 * his forks, right hand last, `MEALS` times.
 */
#ifndef SEATS_H
#define SEATS_H

#include "scenario.h"

#include <semaphore.h>

enum { PHILOSOPHERS = 4, MEALS = 20 };

static pthread_mutex_t forks[PHILOSOPHERS];
static sem_t room;

static inline void finish_meal(int place)
{
	pthread_mutex_unlock(&forks[(place + 1) % PHILOSOPHERS]);
	pthread_mutex_unlock(&forks[place]);
}

static inline void dine_all(void *(*dine)(void *))
{
	pthread_t threads[PHILOSOPHERS];

	for (intptr_t i = 0; i < PHILOSOPHERS; i++)
		threads[i] = start(dine, (void *)i);
	for (int i = 0; i < PHILOSOPHERS; i++)
		finish(threads[i]);
}

#endif
