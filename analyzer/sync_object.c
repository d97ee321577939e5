#include "sync_object.h"
#include "bisect.h"

#include <stdlib.h>

#include "xalloc.h"

const struct tally *object_tally(const struct object *object, size_t i)
{
	return &object->model->tallies[object->tallies[i]];
}

static bool is_of(const struct event *event, const struct tally *tally)
{
	return event->kind == tally->kind && event->thread == tally->thread;
}

/* Whether the event comes before those of the tally, as they are sorted. */
static bool lies_before(const struct event *event, const struct tally *tally)
{
	return event->kind != tally->kind ? event->kind < tally->kind
					  : event->thread < tally->thread;
}

struct run run_of(const struct object *object, const struct tally *tally)
{
	const struct event *events = object->model->events;
	size_t low =
		BISECT(0, object->event_count, i, lies_before(&events[object->events[i]], tally));
	size_t high = low;

	while (high < object->event_count && is_of(&events[object->events[high]], tally))
		high++;
	return (struct run){object->events + low, high - low, tally};
}

/* Tallies of a kind, and their events. */
static struct run *runs_of(const struct object *object, uint16_t kind, size_t *count)
{
	struct run *runs = xcalloc(object->tally_count, sizeof(*runs));

	*count = 0;
	for (size_t i = 0; i < object->tally_count; i++)
		if (object_tally(object, i)->kind == kind)
			runs[(*count)++] = run_of(object, object_tally(object, i));
	return runs;
}

bool run_is_endless(const struct run *run)
{
	return run->tally->flags & TRACE_TALLY_MORE;
}

struct sides sides_of(const struct object *object, uint16_t released, uint16_t acquired)
{
	struct sides sides;

	sides.from = runs_of(object, released, &sides.from_count);
	sides.to = runs_of(object, acquired, &sides.to_count);
	return sides;
}

void sides_free(const struct sides *sides)
{
	free(sides->from);
	free(sides->to);
}
