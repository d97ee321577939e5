/* A call of a one-time initialisation, from its beginning to its end. */
#ifndef GORDIAN_ONCE_H
#define GORDIAN_ONCE_H

#include "acquire.h"

/* Bits of the control (once.c). */
enum { ONCE_RUNNING = 1, ONCE_COMPLETE = 2 };

/* In the interposer's frame, which lives as long as the initialiser runs. */
struct once {
	void (*routine)(void);
	struct acquire run;  /* the acquisition, if the initialiser runs here */
	struct acquire pass; /* else the wait for it */
	uint64_t begun;	     /* when the wait began; 0: it is none */
	struct outer_wait interrupted;
	struct once *outer;
	bool alone; /* nobody else has called it (alone.h) */
};

#define ONCE_AT(control_, routine_, run_, pass_, site_, frame_) \
	{ \
		.routine = (routine_), .run = {(control_), (site_), (frame_), TRACE_OP_##run_}, \
		.pass = {(control_), (site_), (frame_), TRACE_OP_##pass_}, \
	}

/* False: nothing is to be recorded, call the real function as if we were not here. */
bool once_begin(struct once *once);
void once_end(struct once *once);

#endif
