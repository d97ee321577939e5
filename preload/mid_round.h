/*
 * What the creator of a round of threads (rounds.h) does itself with semaphores that order them,
 * while they are there: events (sync.h). All under the recorder's lock.
 */
#ifndef GORDIAN_MID_ROUND_H
#define GORDIAN_MID_ROUND_H

#include "recorder.h"

enum { MOST_MID_ROUND = 16 };

struct mid_round {
	uint32_t count; /* over that: too many, or others than posts and takes */
	uint32_t events[MOST_MID_ROUND];
	uint32_t counted; /* recorder.h, twin: before the first was made */
	uint32_t mark;	  /* the same, ordered: by the last of these events */
	uint32_t before;  /* the same, by anything else, before that */
};

/* It did that, before its epoch ends: it is part of what it takes meanwhile. */
void mid_round_note(struct mid_round *own, struct thread *self, const struct trace_event *event);
/* Whether all that it did then and that counts are these events. */
bool mid_round_is_whole(const struct mid_round *own, const struct thread *self);
/* Whether it is time to forget such: there were none, or the thread is about to have done more with
 * each of the semaphores than is written down, when that will order nothing in any case. */
bool mid_round_is_due(const struct mid_round *own);
/* They order nobody but the threads of the round, who are over. */
void mid_round_forget(const struct mid_round *own, struct thread *self);

#endif
