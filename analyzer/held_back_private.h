/* What held_back.c and held_circle.c share. */
#ifndef GORDIAN_HELD_BACK_PRIVATE_H
#define GORDIAN_HELD_BACK_PRIVATE_H

#include "held_back.h"
#include "held_locks.h"
#include "unsure.h"

/* No point: nothing holds it. All epochs are below. */
#define NOWHERE UINT64_MAX

/* What a thread, or a hub, does not enter an epoch without. */
struct gate {
	uint32_t owner, epoch;
	uint32_t from, leaves; /* what that one does in epochs <= leaves; or */
	uint32_t units;	       /* index of semaphore; NO_INDEX; or */
	uint32_t event;	       /* what came before it was recorded; NO_INDEX; or */
	uint32_t unsure;       /* index of what it may have been told; NO_INDEX */
	uint32_t index, run;   /* which of its thread's takes, and number of thread and semaphore */
	bool tries;	       /* it might have gone on without */
};

/* A release of units. */
struct made {
	uint32_t thread, epoch, units;
};

struct line {
	size_t gate, gate_end, made, made_end; /* next ones, and ends */
	uint64_t held;			       /* the epoch whose end it does not get to */
	uint64_t reach;			       /* the first epoch that it has not entered, */
	uint64_t done;			       /* and that it has not come to the end of */
};

struct held_back {
	const struct model *model;
	const struct sync_units *units;
	const struct told *told;
	struct gate *gates;
	struct made *made;
	struct line *lines, *begin; /* now, and at the beginning */
	size_t gate_count, made_count, line_count;
	uint64_t *there, *taken; /* of each semaphore: units, and how many are gone */
	uint32_t *had;		 /* how many of them each thread has taken, by gate.run */
	uint32_t run_count;
	uint32_t *releases;    /* events that let others go on, by object and number */
	size_t *first_release; /* of each lock */
	struct unsures unsures;
	uint32_t waiter;
	struct held_locks *locks; /* NULL: not yet */
	bool surely, locked;	  /* locks hold up, too */
	/* Of a circle: a bit of each stop says that its thread is there. */
	const struct held_stop *stops;
	const struct held_point *points;
	size_t stop_count, point_count;
	unsigned there_yet;
	bool *called; /* of each line; NULL: not yet */
	unsigned calls_left;
	bool unsure; /* somebody did not go on who might have */
};

/* Everybody is at the beginning, and held back there. */
void held_back_begin(struct held_back *held, const struct held_point *points, size_t count);
/* It is held back at the end of that epoch, and what it does from another one on is not done. */
void held_back_hold(struct held_back *held, uint32_t thread, uint32_t epoch, uint64_t undone);
/* Through its next gate, or up to it; whether it went on. */
bool held_back_step(struct held_back *held, uint32_t line, uint64_t *steps);
bool held_back_is_open(const struct held_back *held, const struct gate *gate, uint64_t *steps);
/* Until nobody can; that thread whenever it can, before others take what it needs. */
void held_back_all_go_on(struct held_back *held, uint32_t first, uint64_t *steps);
/* Whether the thread may go on into the epoch before which it is held. */
bool held_back_is_free(const struct held_back *held, const struct held_point *wait,
		       uint64_t *steps);

/*
 * Lets the line go on until it has entered that epoch, and of the others those, as far as they
 * must, without whom it does not come so far. False: it has not come there.
 */
bool held_back_call(struct held_back *held, uint32_t line, uint64_t epoch, uint64_t *steps);

/*
 * Lets all who wait for their turn go on in their epochs to where they take the first of what they
 * keep: until then they may hold what they have from before. False: nobody did.
 */
bool held_back_all_to_begin(struct held_back *held, uint64_t *steps);

#endif
