/*
 * Who has what a thread waits for. Read without the recorder's lock this is a guess; under it, and
 * twice with the same result, it is certain (deadlock.c).
 */
#ifndef GORDIAN_HOLDERS_H
#define GORDIAN_HOLDERS_H

#include "recorder.h"

/* A published wait, and how its thread has what somebody else waits for. */
struct hop {
	struct thread *thread;
	uint64_t want, since;
	uint32_t stack;
	uint32_t op;   /* enum trace_op */
	uint32_t node; /* how it has what the hop before it wants; 0: not known, or its end */
};

/* What the thread waits for, if that has no limit. False: it does not wait, or not for ever. */
bool hop_read(struct thread *thread, struct hop *hop);

/*
 * A thread that waits, and has what `hop` wants; NULL: none, as far as can be seen. Sets *node.
 * `first`: the memory of the lock is the caller's to read.
 */
struct thread *holder_guess(const struct hop *hop, bool first);

/* The same for certain at the time of the call, preferably `wanted`. Under the recorder's lock. */
struct thread *holder_find(const struct hop *hop, struct thread *preferred, uint32_t *node);

#endif
