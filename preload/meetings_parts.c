/* Owns the sums of what a round of threads did with objects that order them. */
#include "meetings_parts.h"

/* NULL: there are too many. */
static struct part *part_of(struct parts *parts, uint32_t lock)
{
	for (uint32_t i = 0; i < parts->count; i++) {
		if (parts->items[i].lock == lock)
			return &parts->items[i];
	}
	if (parts->count == MOST_OBJECTS)
		return NULL;
	parts->items[parts->count] = (struct part){.lock = lock};
	return &parts->items[parts->count++];
}

/* False: it cannot be known. */
static bool add_tally(struct parts *parts, const struct trace_tally *tally)
{
	struct part *part = part_of(parts, tally->lock);

	if (!part || tally->flags & TRACE_TALLY_MORE)
		return false;
	part->posted += tally->kind == TRACE_EVENT_posted ? tally->count : 0;
	part->taken += tally->kind == TRACE_EVENT_taken ? tally->count : 0;
	return true;
}

/* The same of what the creator did. */
static bool add_event(struct parts *parts, const struct trace_event *event)
{
	struct part *part = part_of(parts, event->lock);

	if (!part)
		return false;
	part->posted += event->kind == TRACE_EVENT_posted;
	part->taken += event->kind == TRACE_EVENT_taken;
	return true;
}

bool meetings_parts(const struct meetings *round, struct parts *parts)
{
	bool known = true;

	parts->count = 0;
	for (uint32_t i = 0; i < round->own_count; i++)
		known &= add_event(parts, trace_at(round->own[i]));
	for (uint32_t i = 0; i < round->count; i++) {
		const struct ended *ended = round->members[i];

		for (uint32_t k = 0; k < ended->tally_count; k++)
			known &= add_tally(parts, trace_at(ended->tallies[k]));
	}
	return known;
}
