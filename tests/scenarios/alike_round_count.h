/*
 * Rounds of two threads: one counts under a mutex, and signals the other one, which waits for that.
 * Between the rounds main takes a, b. A thread that was there before waits until all have been
 * counted, as it need not by then, and takes b, a.
 */
#ifndef ALIKE_ROUND_COUNT_H
#define ALIKE_ROUND_COUNT_H

#include "scenario.h"

enum { ROUNDS = 40 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t counted = PTHREAD_COND_INITIALIZER;
static int count, awaited, waiter;

static void take_ab(void);
static void take_ba(void);

static void await(int least)
{
	pthread_mutex_lock(&mutex);
	while (count < least)
		pthread_cond_wait(&counted, &mutex);
	pthread_mutex_unlock(&mutex);
}

/* When the other one waits. */
static void *run_count(void *argument)
{
	stage_await_in(&waiter, 1);
	await_blocked(waiter);
	pthread_mutex_lock(&mutex);
	count++;
	pthread_cond_broadcast(&counted);
	pthread_mutex_unlock(&mutex);
	return argument;
}

static void *run_await(void *argument)
{
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	await(awaited);
	return argument;
}

static void *run_last(void *argument)
{
	stage_await(1);
	await(ROUNDS);
	take_ba();
	return argument;
}

static void run_rounds(int last)
{
	pthread_t thread = start(run_last, NULL);

	for (int i = 0; i < ROUNDS; i++) {
		waiter = 0;
		awaited = i + 1;
		run_two(run_count, run_await);
		if (i < last)
			take_ab();
	}
	stage_reach(1);
	finish(thread);
}

#endif
