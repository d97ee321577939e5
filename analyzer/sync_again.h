/*
 * Waits for a condition in vain, after which the thread waited again without having given back the
 * mutex, and when they order threads all the same (sync_order.h).
 */
#ifndef GORDIAN_SYNC_AGAIN_H
#define GORDIAN_SYNC_AGAIN_H

#include "sync_object.h"
#include "sync_order.h"

/* Who ever took a lock. */
struct takers {
	uint32_t *nodes; /* by lock, thread and parent; to be freed */
	size_t count;	 /* 0 where nobody waited for a condition: it is not asked then */
	uint64_t *looks; /* at nodes, that are left; where there are none, nothing is concluded */
};

struct takers takers_of(const struct model *model);
/* Where those of that lock, thread and parent begin, or would. */
size_t takers_first(const struct takers *takers, const struct model *model, uint32_t lock,
		    uint32_t thread, uint32_t parent);

/* Adds what is known of a condition. False: what was recorded contradicts that. */
bool sync_again_pair(const struct object *object, const struct sides *sides,
		     struct order_edges *edges);

#endif
