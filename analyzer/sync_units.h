/*
 * The semaphores of which sync_order.h says something, and all that was recorded of their units:
 * for questions that no order of two threads answers, as what comes first when any of several
 * threads may post.
 */
#ifndef GORDIAN_SYNC_UNITS_H
#define GORDIAN_SYNC_UNITS_H

#include "sync_object.h"

/* Each release makes one unit, and each acquire takes one. */
struct units {
	uint32_t lock;
	uint64_t there; /* before any of the releases; ENDLESS_UNITS: more were made than written */
	size_t releases, acquires, end; /* into sync_units.events; the acquires begin at theirs */
};

#define ENDLESS_UNITS UINT64_MAX

struct sync_units {
	struct units *items;
	size_t count, size;
	uint32_t *events; /* indices, of an object and side sorted by thread and index */
	size_t event_count, event_size;
};

/* An object that began with so many units. */
void sync_units_add(struct sync_units *units, const struct object *object,
		    const struct sides *sides, uint64_t first);
void sync_units_free(struct sync_units *units);

#endif
