/*
 * What is known of semaphores that only order, by what threads did with them (events and tallies,
 * trace_format.h).
 */
#ifndef GORDIAN_SEMAPHORES_H
#define GORDIAN_SEMAPHORES_H

#include "model.h"

struct semaphore {
	uint32_t amount;   /* the first value and one; 0: not known, or not all that was done is */
	bool posts, takes; /* each of them is an event */
};

/* By lock; of what is no semaphore nothing is known. To be freed. */
struct semaphore *semaphores_of(const struct model *model);

/* Whether the tallies have all that was done with the object, which one process has. */
bool sync_is_counted(const struct model *model, const struct lock *lock);
/* Whether it may order threads, too: where rounds have left nothing the tallies agree, but there
 * are fewer who may have come in another one's place than there were. */
bool sync_may_order(const struct model *model, const struct lock *lock);

#endif
