/* What holding.c and holding_several.c share. */
#ifndef GORDIAN_HOLDING_PRIVATE_H
#define GORDIAN_HOLDING_PRIVATE_H

#include "held_back.h"
#include "holding.h"
#include "told.h"

struct holding {
	struct analysis *analysis;
	const struct model *model;
	const struct sync_units *units;
	uint32_t *across; /* by thread, and first epoch */
	size_t across_count;
	struct told *told;
	uint32_t *askers; /* nodes, by lock and thread; NULL: not yet */
	size_t asker_count;
	struct held_back *held_back; /* NULL: not yet */
	unsigned char *tries;	     /* see tries.h, when they are judged */
	bool judged;
	uint64_t steps_left, trial_steps_left;
};

/* A node by which a thread holds a lock, and in which epoch it took it. */
struct holding_keep {
	uint32_t outer, since;
};

static inline const struct node *node_of(const struct holding *holding, uint32_t node)
{
	return &holding->model->nodes[node];
}

/* False: no more. */
bool holding_spend(struct holding *holding);

struct held_back *holding_held_back(struct holding *holding);

/* Whether its thread had to wait there as long as another one has the lock. */
bool holding_asks(struct holding *holding, uint32_t node);
bool holding_is_timed(struct holding *holding, uint32_t node);

/* Whether the acquire is one that its thread waited for, or would have, with something held. */
bool holding_waits(struct holding *holding, const struct holding_wait *wait);

/* In which epoch the thread took what it still holds in that one. */
uint32_t holding_since(struct holding *holding, uint32_t outer, uint32_t epoch);

/* Where the waiter is to stay, with all that it holds. */
struct held_stop holding_stop_of(struct holding *holding, const struct holding_wait *wait);

/* Whether it may take the lock only after the waiter has: then it does not go on. */
bool holding_may_wait(struct holding *holding, const struct holding_keep *keep,
		      const struct holding_need *need);

/* Whether who keeps a lock may have learned before it took it that the other one had been there. */
bool holding_may_tell(struct holding *holding, const struct holding_keep *keep,
		      const struct holding_need *need);

/* The nodes by which threads may have to wait for the lock, by thread. */
const uint32_t *holding_askers(struct holding *holding, uint32_t lock, size_t *count);

#endif
