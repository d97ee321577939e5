/* What between.c knows of a thread's locks, for between_twins.c. */
#ifndef GORDIAN_BETWEEN_LOCKS_H
#define GORDIAN_BETWEEN_LOCKS_H

#include "between.h"

enum { BETWEEN_TRIED = 4, BETWEEN_LIFE = 12 };

/* Those of one thread. */
struct between_party {
	struct between_party *next; /* of which all locks are gone */
	struct between *first;
	uint32_t thread, creator; /* records */
	uint32_t count, alive;
	bool ended, settled; /* settled: it is among these */
	bool described;	     /* it was joined: nothing more is to be done with them */
};

struct between {
	struct between *next;	     /* of the same thread */
	struct between_party *party; /* NULL: not known yet */
	uint32_t lock, maker;	     /* records */
	uint32_t number; /* in the order in which its thread met them first; 0: not yet */
	uint32_t tried_count, life_count;
	uint32_t
		since; /* what its creator met from that number on (table.h), it met in this life */
	uint32_t tried[BETWEEN_TRIED]; /* trial records */
	bool dead;
	bool moved;	 /* it has got another record */
	struct lock was; /* at its end */
	struct {
		uint32_t node, epoch;
	} life[BETWEEN_LIFE]; /* what its creator did with it, or while it held it */
};

/* NULL: the thread has none. */
struct between_party *between_party(uint32_t thread);
/* The lock is one of the thread's from now on. NULL: no memory. */
struct between_party *between_party_join(struct between *between, uint32_t thread);
/* It is none, if it was. */
void between_party_leave(struct between *between);
/* If the thread has ended, and none is left, it is one of those that wait for their creator. */
void between_party_settle(struct between_party *party);
/* There is no such thread any more; what becomes of its locks, `end` says. */
void between_party_end(struct between_party *party, void (*end)(struct between *between));
/* A new trace. */
void between_party_reset(void);
/* Nothing names that record any more. */
void between_clean(uint32_t lock);
/* A new trace. */
void between_clean_reset(void);

#endif
