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
	return argument;
}

/* meanwhile: NULL, or what main does while both are there. */
__attribute__((noinline, unused)) static void
run_together(void *(*one)(void *), void *(*other)(void *), void (*meanwhile)(void))
{
	pthread_t first, second;

	take_ac();
	first = start(one, NULL);
	second = start(other, NULL);
	if (meanwhile) {
		usleep(20000);
		meanwhile();
	}
	finish(first);
	finish(second);
}

#endif
