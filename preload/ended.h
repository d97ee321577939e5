/*
 * Threads that have ended and may be, or have, twins (twins.h). All under the recorder's lock.
 */
#ifndef GORDIAN_ENDED_H
#define GORDIAN_ENDED_H

#include "recorder.h"

/* A node, by what it and those above it are; print: 0: it was not acquired. */
struct deed {
	uint64_t print;
	uint32_t node;
};

/* A thread that has ended; of one that stands for others, the newest of them. */
struct ended {
	struct ended *next;   /* of the same kin, in a ring */
	struct ended *behind; /* joined next by the same creator (brood.h) */
	uint64_t kin;
	uint64_t kin_then;
	uint32_t thread;
	uint32_t alike; /* reference of that record; 0: none yet */
	uint32_t parts; /* how many of its kin can have a part in one circle */
	struct trace_cursor cursor;
	uint32_t signals[TWIN_SIGNALS]; /* records; of the last it has not made use */
	uint32_t signal_count, signal_room;
	struct between_deeds *between; /* NULL: none (between.h) */
	uint32_t blind;		       /* record; 0: none */
	uint32_t blind_since;	       /* epoch from which on it is so, and 1; 0: it is not */
	uint64_t outside;	       /* sum of all that is not in its deeds */
	uint32_t event_count, tally_count;
	uint32_t events[TWIN_EVENTS], tallies[TWIN_TALLIES];
	uint32_t across_count, across[TWIN_ACROSS];
	bool unjoined;	  /* only those that nobody joins are to be its twins */
	bool meets;	  /* only those of other rounds (rounds.h) */
	bool joined;	  /* then these three are valid */
	pthread_t handle; /* another thread's by now, maybe */
	uint32_t join;	  /* node, of its joiner, with nothing held; 0: none */
	/* Epoch of the last thing, until it was joined, that may tell it from another, and 1. */
	uint32_t marked;
	uint32_t ordered, inside; /* the same: twins.h, twin.ordered and .marked */
	uint32_t came_with;	  /* recorder.h, twin */
	bool in_turn;		  /* it is to count on one with which it was not joined */
	bool only;		  /* its creator made nobody else until it joined it */
	uint64_t taken;		  /* sum of what its creator took meanwhile */
	uint32_t count;
	struct deed deeds[];
};

static inline struct trace_thread *ended_record(const struct ended *ended)
{
	return trace_at(ended->thread);
}

/* What is to be known of a thread at its end; NULL: it is not to be taken for another one's twin.
 */
struct ended *ended_describe(struct thread *self);
void ended_free(struct ended *ended);

/* Keeps it until more is known. False: no memory, and it is freed. */
bool ended_await(struct ended *ended);
/* The one that is kept for the thread; NULL: none. */
struct ended *ended_awaited(uint32_t thread);
/* The same, and it is kept no longer. */
struct ended *ended_take(uint32_t thread);

/* Becomes one that others may be counted on, the first of its kin. */
void ended_stand(struct ended *ended);
/* The last of those; NULL: none. */
struct ended *ended_last(uint64_t kin);
/* The one of that thread, if it is one of the newest of those; NULL. */
struct ended *ended_standing(uint64_t kin, uint32_t thread);
/* It is none of those any more. */
void ended_stand_no_more(struct ended *ended);
/* One of those was joined last of its kin. */
void ended_make_first(struct ended *ended);
/* If one of them has that record, it is none any more. */
void ended_forget(uint32_t thread);
/* Whether the one did all that the other one did, then, and more maybe. */
bool ended_covers(const struct ended *into, const struct ended *ended);
/* What the one did counts on the record of the other. handle: which it had. False: no space. */
bool ended_fold(struct ended *into, struct ended *ended, pthread_t handle);
/* A new trace. */
void ended_reset(void);

#endif
