#include "sync_units.h"

#include <stdlib.h>

#include "xalloc.h"

static void add_events(struct sync_units *units, const struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		if (units->event_count == units->event_size) {
			units->event_size = 64 + 2 * units->event_size;
			units->events = xreallocarray(units->events, units->event_size,
						      sizeof(*units->events));
		}
		units->events[units->event_count++] = run->events[i];
	}
}

void sync_units_add(struct sync_units *units, const struct object *object,
		    const struct sides *sides, uint64_t first)
{
	struct units *added;

	if (units->count == units->size) {
		units->size = 16 + 2 * units->size;
		units->items = xreallocarray(units->items, units->size, sizeof(*units->items));
	}
	added = &units->items[units->count++];
	*added = (struct units){
		.lock = (uint32_t)(object->lock - object->model->locks),
		.there = first,
		.releases = units->event_count,
	};
	for (size_t i = 0; i < sides->from_count; i++) {
		const struct run *run = &sides->from[i];

		if (run_is_endless(run) || added->there == ENDLESS_UNITS)
			added->there = ENDLESS_UNITS;
		else if (run->tally->count > run->count)
			added->there += run->tally->count - run->count;
		add_events(units, run);
	}
	added->acquires = units->event_count;
	for (size_t i = 0; i < sides->to_count; i++)
		add_events(units, &sides->to[i]);
	added->end = units->event_count;
}

void sync_units_free(struct sync_units *units)
{
	free(units->items);
	free(units->events);
	*units = (struct sync_units){0};
}
