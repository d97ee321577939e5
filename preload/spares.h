/*
 * Records of threads that no longer need them (twins.h), with their nodes: the next that is created
 * at the same place has one of them. All under the recorder's lock.
 */
#ifndef GORDIAN_SPARES_H
#define GORDIAN_SPARES_H

#include "recorder.h"

struct spare {
	struct spare *next;
	struct trace_cursor cursor; /* behind the nodes */
	uint32_t thread, count;
	uint32_t nodes[TWIN_NODES];
	uint32_t signals[TWIN_SIGNALS], signal_count; /* records, which say the same as others */
	uint32_t blind;				      /* the same; 0: none */
};

/* Nobody's record any more. */
void spares_keep(const struct spare *from);
/* False: there is none. */
bool spares_take(uint32_t creator, uint32_t stack, struct spare *to);
/* A new trace. */
void spares_reset(void);

#endif
