/*
 * How far threads come when some of them are held back for ever: each thread goes on until it comes
 * to where it is held, or to an acquire that needs what nobody does any more. Locks hold up nobody
 * here but those of whom it is said.
 *
 * What a thread does with a semaphore depends on who else takes its units. So what surely can be is
 * one schedule: units that a thread has taken are gone; and what waits for anything but a semaphore
 * whose units are counted (sync_units.h) waits for all that was done with it before it went on in
 * the recorded run. Nobody but the waiter goes on where it may have been told to by somebody who is
 * held back (unsure.h). What may be is more than any schedule: nobody takes units away, tries need
 * none, and only what must be so (order.h) holds anybody up.
 */
#ifndef GORDIAN_HELD_BACK_H
#define GORDIAN_HELD_BACK_H

#include "order.h"
#include "sync_units.h"
#include "told.h"

/* A thread, and an epoch; held back, it does not get to the end of it. */
struct held_point {
	uint32_t thread, epoch;
	uint32_t node; /* that it wants there; only circles look at it */
};

struct held_back;

/* Keeps pointing to what it is given. */
struct held_back *held_back_new(const struct model *model, const struct order *order,
				const struct sync_units *units, const struct told *told);
void held_back_free(struct held_back *held);

/*
 * Where a thread of a circle is to stay, which goes on until it has come there: where it wants what
 * a node takes, or where it waits.
 */
struct held_stop {
	uint32_t thread;
	uint32_t epoch; /* it does not get to the end of it */
	uint32_t since; /* in that one it took the first of what it then holds */
	uint32_t node;	/* that it wants; of a wait what it holds */
	bool waits;	/* at the beginning of the next epoch */
};

/*
 * Whether all of them surely can be at their stops at once, whoever else holds what; and then, with
 * the others where they cannot go on from, whatever may be done does not end any of the waits.
 * `reach` is *most when they come there, with locks to be had, and grows with how far they come.
 *
 * Takes what it costs from `steps`; with none left there is none.
 */
bool held_back_circle(struct held_back *held, const struct held_stop *stops, size_t stop_count,
		      const struct held_point *points, size_t count, uint64_t *reach,
		      uint64_t *most, uint64_t *steps);

/* Whether no schedule of the last circle was given up at what need not wait, or may not have been
 * waited for. */
bool held_back_was_sure(const struct held_back *held);

/* Whether it may come to that acquire; it may when there are no steps left. */
bool held_back_may_come(struct held_back *held, const struct held_point *wait,
			const struct held_point *points, size_t count, uint64_t *steps);

#endif
