/* Owns what the creator of threads does while they are there, and what becomes of that. */
#include "mid_round.h"

#include "kin.h"
#include "sync.h"
#include "twins.h"

/* When it was among what else it took is told by the order in which that is mixed. */
static void note(struct mid_round *own, struct thread *self, const struct trace_event *event)
{
	const bool plain = event->kind == TRACE_EVENT_posted || event->kind == TRACE_EVENT_taken;
	uint64_t print = (uint64_t)event->lock << 32 | event->kind;

	if (!plain || event->node || self->twin.shared_count || own->count >= MOST_MID_ROUND) {
		own->count = MOST_MID_ROUND + 1;
		return;
	}
	own->events[own->count++] = trace_ref(event);
	print = kin_mix(kin_mix(print, event->act), event->stack);
	self->twin.taken = kin_mix(self->twin.taken, print);
}

void mid_round_note(struct mid_round *own, struct thread *self, const struct trace_event *event)
{
	if (self->twin.ordered != own->mark)
		own->before = self->twin.ordered;
	note(own, self, event);
	twins_mark(self);
	own->mark = self->twin.ordered;
}

bool mid_round_is_whole(const struct mid_round *own, const struct thread *self)
{
	return !own->count ||
	       (own->count <= MOST_MID_ROUND && self->twin.counted - own->counted == own->count);
}

/* How often the thread had done that with the object when the last of these was made. */
static uint32_t last_index(const struct mid_round *own, uint32_t lock, uint16_t kind)
{
	uint32_t last = 0;

	for (uint32_t i = 0; i < own->count; i++) {
		const struct trace_event *event = trace_at(own->events[i]);

		if (event->lock == lock && event->kind == kind && event->index > last)
			last = event->index;
	}
	return last;
}

bool mid_round_is_due(const struct mid_round *own)
{
	for (uint32_t i = 0; i < own->count && own->count <= MOST_MID_ROUND; i++) {
		const struct trace_event *event = trace_at(own->events[i]);

		if (last_index(own, event->lock, event->kind) <= SYNC_MOST_EVENTS - MOST_MID_ROUND)
			return false;
	}
	return true;
}

void mid_round_forget(const struct mid_round *own, struct thread *self)
{
	if (own->count && self->twin.ordered == own->mark)
		self->twin.ordered = own->before;
}
