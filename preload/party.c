/* Owns the search through the threads' held stacks: who holds a lock, who waits for it. */
#include "misuse.h"

struct search {
	uint64_t lock;
	int tid;
	const struct thread *except;
	struct party *party;
};

/* The stack of a held entry may change while it is read: a node counts if it is one of that lock.
 */
static void describe(const struct trace_held_entry *entry, struct party *party)
{
	const struct trace_node *node = trace_at(entry->node);
	const struct trace_lock *lock = node ? trace_at(node->lock) : NULL;

	party->stack = 0;
	party->op = 0;
	if (!lock || lock->address != entry->lock)
		return;
	party->stack = node->stack;
	party->op = node->op;
}

static bool is_searched(const struct search *search, const struct thread *thread)
{
	return thread != search->except && (!search->tid || thread->tid == search->tid);
}

static bool holds(struct thread *thread, void *context)
{
	const struct search *search = context;
	uint32_t depth = thread_depth(thread);

	if (!is_searched(search, thread))
		return false;
	for (uint32_t i = 0; i < depth && i < thread->capacity; i++) {
		const struct trace_held_entry entry = thread->entries[i];

		if (entry.lock != search->lock)
			continue;
		search->party->thread = thread->ref;
		search->party->tid = thread->tid;
		describe(&entry, search->party);
		return true;
	}
	return false;
}

static bool waits(struct thread *thread, void *context)
{
	const struct search *search = context;
	const struct trace_held *held = thread->held;

	if (!is_searched(search, thread) || held->want != search->lock || !held->want_since)
		return false;
	*search->party = (struct party){
		.thread = thread->ref,
		.tid = thread->tid,
		.stack = held->want_stack,
		.op = (uint16_t)held->want_op,
	};
	return true;
}

bool party_holding(const void *lock, int tid, const struct thread *except, struct party *party)
{
	struct search search = {(uintptr_t)lock, tid, except, party};

	return threads_find(holds, &search);
}

bool party_waiting(const void *lock, const struct thread *except, struct party *party)
{
	struct search search = {(uintptr_t)lock, 0, except, party};

	return threads_find(waits, &search);
}
