/* Owns the records of when a thread's situations were, in epochs. */
#include "spans.h"

#include "alone.h"
#include "between.h"
#include "families.h"
#include "meetings.h"
#include "twins.h"

enum {
	/* Span records of one node, and of all together; further spans are merged. */
	MAX_SPANS = 4096,
	MAX_ALL_SPANS = 1 << 20,
	/* Those of what was taken inside nothing, which are not to take the room of others. */
	MAX_OUTER_SPANS = 256,
	MAX_ALL_OUTER_SPANS = MAX_ALL_SPANS / 2,
	/* Those of what may seem to go on all the time meanwhile. */
	MAX_ADDED_SPANS = 256,
	MAX_ACROSS = 1 << 18, /* records of what was held when an epoch ended */
};

static uint32_t all_spans, all_outer, all_across; /* under the recorder's lock */

void spans_reset(void)
{
	all_spans = all_outer = all_across = 0;
}

bool spans_may_part_readers(const struct trace_node *node)
{
	const struct trace_lock *lock = trace_at(node->lock);

	return lock->flags & TRACE_LOCK_WRITER_FIRST && !op_is_shared(node->op);
}

static bool has_outer_room(const struct trace_node *node)
{
	return node->spans < MAX_OUTER_SPANS &&
	       __atomic_load_n(&all_outer, __ATOMIC_RELAXED) < MAX_ALL_OUTER_SPANS;
}

static unsigned parted_at(uint32_t node)
{
	return node * UINT32_C(0x9e3779b1) >> (32 - TWIN_PARTED_BITS);
}

/*
 * Whether the span that ends now, and the one before it, lie in epochs between which nothing is
 * left of any thread that was made: then they are one.
 */
static bool joins_last(struct thread *self, const struct trace_node *node)
{
	const struct twin *twin = &self->twin;
	const unsigned at = parted_at(trace_ref(node));
	struct trace_span *span = NULL;

	if (twin->parted[at].node == trace_ref(node))
		span = trace_at(twin->parted[at].span);
	if (!span || !twin->pending || span->last_epoch < twin->round_bare ||
	    node->last_epoch > twin->round_first)
		return false;
	span->last_epoch = node->last_epoch;
	return true;
}

void spans_enter(struct thread *self, struct trace_node *node)
{
	const bool outer = !node->parent && !spans_may_part_readers(node);
	struct trace_span *span;
	struct slow slow;

	if (node->count == 0) {
		node->first_epoch = self->epoch;
		/* In this order: a signal handler may jump out. */
		__atomic_signal_fence(__ATOMIC_SEQ_CST);
		node->last_epoch = self->epoch;
		return;
	}
	/*
	 * Of what was taken inside nothing only gates ask when it was: of a span the two ends are
	 * known, and later ones are merged.
	 */
	if (outer && (!has_outer_room(node) || (self->epoch == node->last_epoch + 1 &&
						node->first_epoch == node->last_epoch))) {
		node->last_epoch = self->epoch;
		return;
	}
	/*
	 * Neighbouring epochs may be one span: what separates them is one create or one join, and
	 * no other thread is both after the first and before the second.
	 */
	if (!outer && self->epoch == node->last_epoch + 1) {
		node->last_epoch = self->epoch;
		return;
	}
	/* Nor is anybody, of those steps behind which nothing is left. */
	if (node->last_epoch >= self->twin.bare && (!outer || !self->twin.pending)) {
		node->last_epoch = self->epoch;
		return;
	}
	if (joins_last(self, node)) {
		node->first_epoch = node->last_epoch = self->epoch;
		return;
	}
	slow_begin(&slow, self);
	span = node->spans < MAX_SPANS && all_spans < MAX_ALL_SPANS
		       ? trace_alloc(&recorder_cursor, TRACE_TYPE_span, sizeof(*span))
		       : NULL;
	if (span) {
		span->node = trace_ref(node);
		span->first_epoch = node->first_epoch;
		span->last_epoch = node->last_epoch;
		trace_commit(&recorder_cursor, span);
		node->spans++;
		all_spans++;
		all_outer += outer;
		self->twin.parted[parted_at(span->node)].node = span->node;
		self->twin.parted[parted_at(span->node)].span = trace_ref(span);
		node->first_epoch = self->epoch;
	} else if (!outer) {
		trace_header->widened++;
	}
	node->last_epoch = self->epoch;
	slow_end(&slow);
}

static bool write_span(struct trace_node *node, uint32_t first, uint32_t last)
{
	struct trace_span *span = NULL;

	if (node->spans < MAX_SPANS && all_spans < MAX_ALL_SPANS)
		span = trace_alloc(&recorder_cursor, TRACE_TYPE_span, sizeof(*span));
	if (!span)
		return false;
	span->node = trace_ref(node);
	span->first_epoch = first;
	span->last_epoch = last;
	trace_commit(&recorder_cursor, span);
	node->spans++;
	all_spans++;
	return true;
}

/* Before or after all that it has. */
static void widen(struct trace_node *node, uint32_t epoch)
{
	trace_header->widened++;
	if (epoch < node->first_epoch)
		node->first_epoch = epoch;
	else
		node->last_epoch = epoch;
}

void spans_add(const struct thread *self, struct trace_node *node, uint32_t epoch)
{
	const uint32_t first = node->first_epoch, last = node->last_epoch;
	const bool alike = epoch >= self->twin.since && last >= self->twin.since;

	if (epoch >= first && epoch <= last)
		return;
	if (epoch == last + 1 || (epoch > last && last >= self->twin.bare))
		node->last_epoch = epoch;
	else if (alike && node->spans >= MAX_ADDED_SPANS)
		widen(node, epoch);
	else if (epoch < first && write_span(node, epoch, epoch))
		return;
	else if (epoch > last && write_span(node, first, last))
		node->first_epoch = node->last_epoch = epoch;
	else
		widen(node, epoch);
}

/* NULL: there are too many, or no space. */
static struct trace_across *new_across(const struct thread *self)
{
	struct trace_across *across = meetings_across();
	const bool again = across != NULL;

	if (!across && all_across < MAX_ACROSS)
		across = trace_alloc(&recorder_cursor, TRACE_TYPE_across, sizeof(*across));
	if (!across)
		return NULL;
	across->node = self->top->node;
	across->first_epoch = across->last_epoch = self->epoch;
	across->step = 0;
	if (!again) {
		trace_commit(&recorder_cursor, across);
		all_across++;
	}
	return across;
}

/* Whether the epoch is as far behind the last one of the record as that is behind the one before.
 * The records of onces that are alone are used again (alone.h). */
static bool is_in_step(struct trace_across *across, struct thread *self)
{
	const uint32_t gap = self->epoch - across->last_epoch;

	if (across->last_epoch >= self->epoch)
		return false;
	if (gap == 1 || self->twin.inside || all_across >= MAX_ACROSS)
		return gap == 1 && !across->step;
	if (across->first_epoch == across->last_epoch)
		across->step = gap;
	if (across->step != gap)
		return false;
	all_across++;
	twins_mark(self);
	return true;
}

void spans_note_across(struct thread *self)
{
	struct trace_across *across = trace_at(self->across);

	if (across && across->node == self->top->node && is_in_step(across, self)) {
		__atomic_store_n(&across->last_epoch, self->epoch, __ATOMIC_RELEASE);
		return;
	}
	if (!self->top->node || alone_across(self))
		return;
	between_named(self->ref, trace_at(self->top->node));
	across = new_across(self);
	if (!across) {
		trace_header->widened++;
		return;
	}
	self->across = trace_ref(across);
	if (alone_crossed(self)) {
		twins_exclude(self);
		twins_mark(self);
	} else {
		meetings_wrote_across(self, across);
	}
}
