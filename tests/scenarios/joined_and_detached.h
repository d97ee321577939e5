/*
 * Threads that are joined. After each comes one that is detached, takes c, d, and is still there
 * when the next one is.
 */
#ifndef JOINED_AND_DETACHED_H
#define JOINED_AND_DETACHED_H

#include "alike_kinds.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

/* Until the thread of the next round has been joined. */
static inline void *run_beside(void *argument)
{
	stage_await((int)(intptr_t)argument + 1);
	return run_cd(argument);
}

static inline void run_round(int round, void *(*joined)(void *))
{
	finish(start(joined, NULL));
	stage_reach(round);
	CHECK(pthread_detach(start(run_beside, (void *)(intptr_t)round)) == 0);
}

#endif
