/*
 * Threads in turn that nobody joins, each with a semaphore of its own that its creator made, and
 * destroys when the thread is about to end.
 */
#ifndef GORDIAN_TESTS_BETWEEN_ROUNDS_H
#define GORDIAN_TESTS_BETWEEN_ROUNDS_H

#include "scenario.h"

#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>

struct between_round {
	sem_t *own;
	int number;
};

static int between_ended;

/* The last thing that a thread does. */
static inline void *between_end(void)
{
	__atomic_add_fetch(&between_ended, 1, __ATOMIC_RELEASE);
	return NULL;
}

static inline void between_await(int count)
{
	while (__atomic_load_n(&between_ended, __ATOMIC_ACQUIRE) < count)
		sched_yield();
}

/* Runs work(round) in a thread and during(round) in this one, and then after(round). */
static inline void between_rounds(int count, void *(*work)(void *argument),
				  void (*during)(const struct between_round *round),
				  void (*after)(const struct between_round *round))
{
	for (int i = 0; i < count; i++) {
		struct between_round round = {malloc(sizeof(sem_t)), i};

		CHECK(sem_init(round.own, 0, 1) == 0);
		CHECK(pthread_detach(start(work, &round)) == 0);
		during(&round);
		between_await(i + 1);
		after(&round);
		CHECK(sem_destroy(round.own) == 0);
		free(round.own);
	}
}

#endif
