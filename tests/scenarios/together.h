/*
 * Rounds of two threads of different kinds, made and joined together: one takes a, b, the other one
 * c alone. Between two rounds main takes a, c.
 */
#ifndef TOGETHER_H
#define TOGETHER_H

#include "scenario.h"

enum { ROUNDS = 60, ODD_ROUND = 40 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

/* How many of a round have done what they do. That orders nothing in a recording: but a deadlock is
 * not to happen. */
static int done;

static inline void *end(void *argument)
{
	__atomic_add_fetch(&done, 1, __ATOMIC_RELEASE);
	return argument;
}

__attribute__((noinline, unused)) static void take_ac(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&a);
}

static void *run_c(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	return end(argument);
}

/* meanwhile: NULL, or what main does while both are there, and have done what they do. */
__attribute__((noinline, unused)) static void
run_together(void *(*one)(void *), void *(*other)(void *), void (*meanwhile)(void))
{
	pthread_t first, second;

	take_ac();
	done = 0;
	first = start(one, NULL);
	second = start(other, NULL);
	if (meanwhile) {
		stage_await_in(&done, 2);
		meanwhile();
	}
	finish(first);
	finish(second);
}

#endif
