/* Owns what a thread remembers of what it held when it created others. */
#include "guarded.h"

#include "between.h"
#include "provisional.h"
#include "tree.h"

static struct guarded *find(struct thread *self, uint32_t thread_ref)
{
	for (uint32_t i = 0; i < self->guarded_count && i < THREAD_GUARDED; i++) {
		if (self->guarded[i].thread == thread_ref)
			return &self->guarded[i];
	}
	return NULL;
}

void guarded_created(struct thread *self, uint32_t thread_ref)
{
	struct guarded *guarded = &self->guarded[self->guarded_count % THREAD_GUARDED];
	struct guarded *earlier = find(self, thread_ref);
	uint32_t depth = thread_depth(self);

	/* Of one that had the same record, and was not joined. */
	if (earlier)
		earlier->thread = 0;
	if (!depth || self->busy)
		return;
	self->guarded_count++;
	guarded->thread = 0;
	guarded->count = depth < GUARDED_HOLDS ? depth : GUARDED_HOLDS;
	for (uint32_t i = 0; i < guarded->count; i++)
		guarded->holds[i] = hold_mark(&self->entries[i]);
	guarded->thread = thread_ref;
}

void guarded_joined(struct thread *self, uint32_t thread_ref)
{
	struct guarded *guarded = find(self, thread_ref);
	struct trace_guarded *record;
	uint32_t kept = 0;

	if (!guarded)
		return;
	guarded->thread = 0;
	while (kept < guarded->count && kept < thread_depth(self) &&
	       hold_is(&self->entries[kept], &guarded->holds[kept]))
		kept++;
	provisional_settle_inside(self);
	if (!kept || !self->entries[kept - 1].node)
		return;
	between_named(self->ref, trace_at(self->entries[kept - 1].node));
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_guarded, sizeof(*record));
	if (!record)
		return;
	record->thread = thread_ref;
	record->node = self->entries[kept - 1].node;
	trace_commit(&recorder_cursor, record);
}
