/* Owns what a thread that forks leaves to the child. */
#include "inherited.h"

#include "arena.h"
#include "held_stack.h"
#include "holes.h"
#include "tree.h"

/* A lock that the survivor of a fork holds, in terms that outlive the parent's trace. */
struct inherited {
	uint64_t lock, local;
	struct stack *stack;
	uint16_t op, kind;
	bool shared; /* by processes: there is one, and the parent has it */
};

static struct inherited *inherited;
static uint32_t inherited_count;
static const struct thread *forking;
static uint32_t forking_ref, forking_epoch;

static void list_holds(const struct thread *survivor)
{
	inherited_count = thread_depth(survivor);
	if (!inherited_count)
		return;
	inherited = arena_alloc(inherited_count * sizeof(*inherited));
	if (!inherited) {
		inherited_count = 0;
		trace_drop(TRACE_DROP_no_memory);
	}
	for (uint32_t i = 0; i < inherited_count; i++) {
		const struct trace_held_entry *entry = &survivor->entries[i];
		const struct trace_node *node = trace_at(entry->node);
		const struct trace_lock *lock = node ? trace_at(node->lock) : NULL;

		inherited[i] = (struct inherited){
			.lock = entry->lock,
			.local = tree_local_of(entry[-1].key, holes_key(survivor, entry)),
			.stack = node ? stacks_find(node->stack) : NULL,
			.op = node ? node->op : 0,
			.kind = lock ? (uint16_t)lock->kind : 0,
			.shared = lock && lock->flags & TRACE_LOCK_SHARED,
		};
	}
}

static void hold_again(struct thread *self)
{
	for (uint32_t i = 0; i < inherited_count; i++) {
		const struct inherited *hold = &inherited[i];

		if (i >= self->capacity && !held_stack_grow(self))
			break;
		/* Not held here; of files: file_locks.h. */
		if (hold->kind == TRACE_LOCK_file || hold->shared || hold->lock == TRACE_HELD_HOLE)
			continue;
		tree_inherit(self, hold->lock, hold->local, hold->kind, hold->op, hold->stack);
	}
}

void inherited_forget(void)
{
	arena_free(inherited, inherited_count * sizeof(*inherited));
	inherited = NULL;
	inherited_count = 0;
}

/* Where the fork stands in the parent's trace, as it is before that is unmapped. */
static void write_forked(const struct trace_header *parent, const struct thread *self)
{
	const struct trace_thread *thread;
	struct trace_forked *record;

	if (!parent || !forking || !self)
		return;
	thread = (const void *)((const char *)parent + (uint64_t)forking_ref * 8);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_forked, sizeof(*record));
	if (!record)
		return;
	record->parent_pid = parent->pid;
	record->parent_start = parent->start_realtime_ns;
	record->thread_number = thread->number;
	record->epoch = forking_epoch;
	record->thread = self->ref;
	trace_commit(&recorder_cursor, record);
}

static void note_forking(void)
{
	/* A handler that interrupts the recorder cannot begin an epoch afterwards: no order then.
	 */
	forking = current_thread && !current_thread->busy ? current_thread : NULL;
	if (!forking)
		return;
	forking_ref = forking->ref;
	forking_epoch = forking->epoch;
}

void inherited_take(void)
{
	note_forking();
	if (current_thread)
		list_holds(current_thread);
}

const struct thread *inherited_from(void)
{
	return forking;
}

void inherited_settle(struct thread *self, const struct trace_header *parent)
{
	write_forked(parent, self);
	if (self)
		hold_again(self);
	inherited_forget();
}
