/* Owns the events of conditions. */
#include "cond_order.h"

#include "cond_misuse.h"
#include "families.h"
#include "sync.h"

/* Whether that entry, above the top, was given back before another thread let this one go on. */
static bool was_before(const struct thread *self, const struct trace_held_entry *entry,
		       const struct trace_node *node)
{
	return entry - self->entries >= self->let_go.depth && node->last_epoch < self->let_go.epoch;
}

/* The node of what was given back last, if nothing else was taken or waited for since; 0. */
static uint32_t section_before(const struct thread *self)
{
	const struct trace_held_entry *next = self->top + 1;
	const struct trace_node *node;

	/* What was given back leaves its node behind. */
	node = next < self->entries + self->capacity ? trace_at(next->node) : NULL;
	if (!node || node->parent != (thread_depth(self) ? self->top->node : 0) ||
	    was_before(self, next, node))
		return 0;
	return next->node;
}

/* The node by which the mutex is held, or was until nothing else was taken or waited for; 0:
 * neither. */
static uint32_t section_of(const struct thread *self, const void *mutex)
{
	const struct trace_node *node;
	const struct trace_lock *record;

	for (uint32_t i = thread_depth(self); i-- > 0;) {
		if (self->entries[i].lock == (uintptr_t)mutex)
			return self->entries[i].node;
	}
	node = trace_at(section_before(self));
	record = node ? trace_at(node->lock) : NULL;
	return record && record->address == (uintptr_t)mutex ? trace_ref(node) : 0;
}

/* The same for a condition of which no mutex is known: if it is any, it is mostly this one. */
static uint32_t likely_section(const struct thread *self)
{
	const uint32_t ref = thread_depth(self) ? self->top->node : section_before(self);
	const struct trace_node *node = trace_at(ref);

	return node && op_kind(node->op) == TRACE_LOCK_mutex ? ref : 0;
}

void cond_signals_slowly(const void *cond, uint16_t act, bool shared, const void *site,
			 const void *frame)
{
	struct thread *self = current_thread;
	const void *mutex = cond_bound(cond);
	uint32_t section = 0;

	if (self)
		section = mutex ? section_of(self, mutex) : likely_section(self);
	sync_note(self, &(struct sync){
				.object = cond,
				.site = site,
				.frame = frame,
				.kind = TRACE_EVENT_signalled,
				.lock = TRACE_LOCK_condition,
				.act = act,
				.node = section,
				.shared = shared,
				.vague = !section || !mutex,
			});
}

bool cond_waits_again(const struct thread *self, const void *cond, const void *mutex)
{
	const struct trace_held_entry *entry = self->top;

	if (self->woken != cond)
		return false;
	while (entry >= self->entries && entry->lock != (uintptr_t)mutex)
		entry--;
	if (entry < self->entries || !trace_at(entry->node))
		return false;
	return op_reacquires(((const struct trace_node *)trace_at(entry->node))->op);
}

void cond_woken(struct thread *self, const void *cond, uint16_t op, bool shared, bool in_vain,
		const struct acquire *again)
{
	self->woken = cond;
	sync_note(self, &(struct sync){
				.object = cond,
				.site = again->site,
				.frame = again->frame,
				.kind = in_vain ? TRACE_EVENT_woken_again : TRACE_EVENT_woken,
				.lock = TRACE_LOCK_condition,
				.act = op,
				.shared = shared,
			});
}

void cond_looks(struct thread *self, const void *mutex)
{
	if (self->busy || self->told == mutex || !thread_depth(self) ||
	    self->top->lock != (uintptr_t)mutex || !trace_at(self->top->node))
		return;
	self->came = self->top->node;
	sync_came(self);
}
