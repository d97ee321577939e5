/* A gate around what one thread does with a and b, before the other one begins. */
#ifndef GATE_OF_CREATOR_H
#define GATE_OF_CREATOR_H

#include "pair.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

/* From where that is called, b is wanted with a held. */
static inline void take_in_gate(void)
{
	for (int i = 0; i < 3; i++) {
		pthread_mutex_lock(&gate);
		take_both(&a, &b);
		pthread_mutex_unlock(&gate);
	}
	stage_reach(1);
}

#endif
