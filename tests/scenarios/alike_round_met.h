/*
 * Rounds of two threads that meet at a barrier, which is made for each round: one takes a, b before
 * that, the other one b, a after it, but in one of the rounds before or after, as is said.
 */
#ifndef ALIKE_ROUND_MET_H
#define ALIKE_ROUND_MET_H

#include "scenario.h"

enum { ROUNDS = 60, ODD_ROUND = 40 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;
static int taken; /* a, b: so that it does not happen */

static void take_ab(void);
static void take_ba(void);

static void *run_ab(void *argument)
{
	take_ab();
	__atomic_store_n(&taken, 1, __ATOMIC_RELEASE);
	pthread_barrier_wait(&barrier);
	return argument;
}

static void *run_ba(void *argument)
{
	pthread_barrier_wait(&barrier);
	take_ba();
	return argument;
}

__attribute__((unused)) static void *run_ba_before(void *argument)
{
	stage_await_in(&taken, 1);
	take_ba();
	pthread_barrier_wait(&barrier);
	return argument;
}

static void run_rounds(void *(*odd)(void *))
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_t first, second;

		taken = 0;
		CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
		first = start(run_ab, NULL);
		second = start(i == ODD_ROUND ? odd : run_ba, NULL);
		finish(first);
		finish(second);
		CHECK(pthread_barrier_destroy(&barrier) == 0);
	}
}

#endif
