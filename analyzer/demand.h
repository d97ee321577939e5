/*
 * What demands something of other threads before a thread may go on: the lists that the closure
 * (closure.h) follows. They say so once for the whole recording; nothing here changes afterwards.
 */
#ifndef GORDIAN_DEMAND_H
#define GORDIAN_DEMAND_H

#include "section.h"

/* The end of a thread, as an epoch. */
#define DEMAND_END (UINT32_MAX - 1)

enum demand_kind {
	DEMAND_POINT,	     /* that another thread is in that epoch */
	DEMAND_EVENT,	     /* what came before an event */
	DEMAND_SIGNALS,	     /* what is signalled under a mutex */
	DEMAND_INITIALISERS, /* what is initialised once */
	DEMAND_NEVER,	     /* not known what */
};

/* Of a step of a thread into an epoch, or, there, of the acquisition of a node. */
struct demand {
	uint32_t thread, epoch;
	uint32_t node; /* NO_INDEX: of the step */
	enum demand_kind kind;
	uint32_t what;	/* thread, event, mutex or once */
	uint32_t until; /* the other thread's epoch; of an event the number of the first one that
			   need not have been before it */
};

/* When a thread did the last of something with a lock. */
struct last {
	uint32_t lock, thread, epoch;
};

/* By lock, then thread. */
struct lasts {
	struct last *items;
	size_t count, size;
};

struct demand_rounds;

struct demands {
	const struct model *model;
	const struct sections *sections;
	struct demand_rounds *rounds;
	struct demand *items; /* by thread, then epoch, those of the step first */
	size_t count, size;
	size_t *first;	    /* of each thread; one more than there are threads */
	uint32_t *releases; /* events, by lock, thread and number */
	size_t release_count;
	struct lasts signals;	   /* under a mutex */
	struct lasts initialisers; /* of a once that others have passed */
	bool *in_step; /* of each lock: a barrier for all who ever came to it: rounds are in step */
	bool *vague;   /* of each lock: not all that gives way with it is known */
};

static inline int compare_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

/* Keeps pointing to the sections. */
struct demands *demands_new(const struct sections *sections);
void demands_free(struct demands *demands);

/* The place of the first of that lock; count: there is none. */
size_t lasts_find(const struct lasts *lasts, uint32_t lock);

#endif
