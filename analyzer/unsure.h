/*
 * Where a thread may have gone on by what others told it, in ways that order nothing for certain
 * (told.h): in the mutex of a monitor, in which one of them was that is held back now; or after a
 * wait with a time limit.
 */
#ifndef GORDIAN_UNSURE_H
#define GORDIAN_UNSURE_H

#include "told.h"

/* A thread does not surely enter that epoch. */
struct unsure {
	uint32_t thread, epoch;
	uint32_t monitor; /* index; NO_INDEX: whoever is held back */
	uint32_t last;	  /* epoch in which it was in the monitor */
};

struct unsures {
	struct unsure *items; /* by thread and monitor */
	size_t count;
	uint32_t *who; /* of each monitor: the thread that is yet to be in it; NO_INDEX */
	bool *more;    /* more than one */
	size_t monitor_count;
};

struct unsures unsures_of(const struct model *model, const struct told *told);
void unsures_free(struct unsures *unsures);

/* Nobody is held back. */
void unsures_begin(struct unsures *unsures);
/* That thread is: what it does from that epoch on is not done. */
void unsures_hold(struct unsures *unsures, uint32_t thread, uint64_t epoch);
/* Whether the thread of that item surely goes on. */
bool unsures_is_sure(const struct unsures *unsures, const struct unsure *item);

#endif
