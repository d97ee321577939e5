/*
 * Where those who can end a wait need a lock that the waiter holds meanwhile, so that it is never
 * over if the waiter has that lock first.
 *
 * One thread. That the wait needs what it does is what sync_order.h proves: its release comes
 * before the wait is over in every schedule in which each thread does what it was recorded to do.
 * If it took the lock before that, and nothing else makes it do so before the waiter (order.h), and
 * nothing may have told the waiter that it did (told.h), then the waiter may come first.
 *
 * Several. Whoever of them ends the wait, none is needed by itself. So all who take the lock are
 * held back where they may have to wait for it, as if the waiter had it (held_back.h). If there is
 * a schedule in which the waiter comes to the wait nevertheless, it has the lock; and if whatever
 * the others then do does not end the wait, nobody does: those who could wait for the lock. To hold
 * back each where it first took the lock may be too much. The waiter may not come so far, when it
 * has waited before for what any of them does; or one of them would take units that the waiter now
 * gets. Then one of them is let go on to where it takes the lock again, or for good, which only can
 * end more waits. In the end those are told without whom the wait would be over; if there are none
 * the lock has nothing to do with it.
 *
 * Of semaphores only: who waits for a condition may be woken for nothing, and then it is not known
 * which of several signals it needed.
 */
#ifndef GORDIAN_HOLDING_H
#define GORDIAN_HOLDING_H

#include "finding.h"
#include "sync_units.h"

/* Threads that are held back for one wait, at most. */
enum { HOLDING_MOST = 16 };
/* Threads that hold further locks while they want one, at most. */
enum { HOLDING_FURTHER = 3 };

/* A node by which a thread took the lock, and in which epoch. */
struct holding_need {
	uint32_t node, epoch;
};

/* A wait that was over when its thread came to that epoch. */
struct holding_wait {
	uint32_t thread, epoch;
	uint32_t lock;	/* what was waited for */
	uint32_t node;	/* what was held; NO_INDEX: nothing */
	uint32_t stack; /* where */
	uint16_t act;
	uint32_t event;	 /* NO_INDEX: it is a join, */
	uint32_t joined; /* of that thread; NO_INDEX */
};

struct holding_found {
	struct holding_wait wait;
	uint32_t outer; /* node by which the waiter holds the lock */
	uint32_t since; /* in which of its epochs it took it */
	struct holding_need needs[HOLDING_MOST];
	size_t count;
	/* Through whom it goes on: where they want one of these locks, holding the next. */
	struct holding_need further[HOLDING_FURTHER];
	size_t further_count;
	bool timed; /* one of those who take it gives up after a time */
};

struct holding;

struct holding_wait holding_wait_of(const struct model *model, uint32_t acquire);

/* Keeps pointing to what it is given. */
struct holding *holding_new(struct analysis *analysis, const struct sync_units *units);
void holding_free(struct holding *holding);
/* Whether it came to the end of all searches. */
bool holding_is_whole(const struct holding *holding);

/* Of a wait that the release of another thread must have ended. */
bool holding_by_one(struct holding *holding, uint32_t release, uint32_t acquire,
		    struct holding_found *found);

/* Of a wait for a semaphore whose units are counted. */
bool holding_by_several(struct holding *holding, const struct units *units, uint32_t acquire,
			struct holding_found *found);

/*
 * Of a wait for a semaphore whose units are counted, for what a release of another thread must have
 * ended (units: NULL), or for the end of a thread, whose end is ended by somebody who does more
 * than to take locks.
 */
bool holding_by_further(struct holding *holding, const struct units *units,
			const struct holding_wait *wait, struct holding_found *found);

#endif
