/*
 * Rounds of two threads, of which one waits for a unit that the other one posts, but not for ever.
 * In the last round the giver takes b, a before it posts, and the taker waits for ever, and then
 * takes a, b.
 */
#ifndef ALIKE_ROUND_TIMED_H
#define ALIKE_ROUND_TIMED_H

#include "scenario.h"
#include <semaphore.h>

enum { ROUNDS = 100 };

static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t d = PTHREAD_MUTEX_INITIALIZER;

static inline void take_cd(void)
{
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&d);
	pthread_mutex_unlock(&d);
	pthread_mutex_unlock(&c);
}

static inline void *give_cd(void *semaphore)
{
	take_cd();
	sem_post(semaphore);
	return semaphore;
}

static inline void *take_timed(void *semaphore)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 30;
	CHECK(sem_timedwait(semaphore, &until) == 0);
	take_cd();
	return semaphore;
}

static inline void run_round(sem_t *semaphore, void *(*taker)(void *), void *(*giver)(void *))
{
	pthread_t taking = start(taker, semaphore), giving = start(giver, semaphore);

	finish(giving);
	finish(taking);
}

#endif
