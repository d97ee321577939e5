/*
 * Threads of two kinds in turn, each joined before the next one is made: one takes a, b, which are
 * the file's, the other one c, d.
 */
#ifndef ALIKE_KINDS_H
#define ALIKE_KINDS_H

#include "scenario.h"

enum { ROUNDS = 100, ODD_ROUND = 50 };

static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t d = PTHREAD_MUTEX_INITIALIZER;

static inline void *run_cd(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&d);
	pthread_mutex_unlock(&d);
	pthread_mutex_unlock(&c);
	return argument;
}

#endif
