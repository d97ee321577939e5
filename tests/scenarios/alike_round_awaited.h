/*
 * Rounds of two threads that each do something and then post: their creator takes both units before
 * it joins them.
 */
#ifndef ALIKE_ROUND_AWAITED_H
#define ALIKE_ROUND_AWAITED_H

#include "scenario.h"
#include <semaphore.h>

enum { ROUNDS = 100, ODD_ROUND = 60 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t there;
static pthread_t made[2];

/* What it posts then, it has done: that orders nothing in a recording, but neither a deadlock is to
 * happen nor a thread to find a mutex taken. */
static int done;

static inline void begin_round(void *(*work)(void *))
{
	done = 0;
	for (int i = 0; i < 2; i++) {
		made[i] = start(work, NULL);
		stage_await_in(&done, i + 1);
	}
}

static inline void take(int units)
{
	while (units--)
		CHECK(sem_wait(&there) == 0);
}

static inline void end_round(void)
{
	for (int i = 0; i < 2; i++)
		finish(made[i]);
}

static inline void *post(void)
{
	__atomic_add_fetch(&done, 1, __ATOMIC_RELEASE);
	sem_post(&there);
	return NULL;
}

#endif
