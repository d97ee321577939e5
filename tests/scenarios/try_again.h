/*
 * One thread asks for b with a held, is refused, and asks again. The other one has b when it first
 * does so, and takes a with b held when that is over.
 *
 * Stages: 1: it has b; 2: it may give it back; 3: the asking is over.
 */
#ifndef TRY_AGAIN_H
#define TRY_AGAIN_H

#include "pair.h"

static int refused;

/* Who asks was refused once more; when that was five times, b is given back. */
static inline void note_refused(void)
{
	if (++refused == 5)
		stage_reach(2);
	usleep(100);
}

static inline void refuse(void)
{
	pthread_mutex_lock(&b);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&b);
	stage_await(3);
}

#endif
