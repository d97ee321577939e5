/* Owns what threads remember of short-lived semaphores, and what these are owed. */
#include "repeats.h"

#include "families.h"
#include "nesting.h"
#include "provisional.h"

#include <string.h>

static bool any_owed; /* ever */

/* What the thread holds, as far as it stays the same. */
struct held {
	uint64_t key;
	uint32_t life; /* of the provisional semaphores in it; 0: there are none */
};

static bool is_provisional(const struct trace_lock *lock)
{
	return lock->flags & TRACE_LOCK_PROVISIONAL;
}

/* Who holds one has a time for it (tree_acquire). */
static const struct trace_lock *provisional(const struct trace_held_entry *entry)
{
	const struct trace_node *node = entry->since ? trace_at(entry->node) : NULL;
	const struct trace_lock *lock = node ? trace_at(node->lock) : NULL;

	return lock && is_provisional(lock) ? lock : NULL;
}

/* The keys of what is held further out than any such semaphore stay the same, and tell the epoch.
 * False: it is not known well enough. */
static bool look_at_held(const struct thread *self, struct held *held)
{
	uint64_t outer = self->entries[-1].key;

	*held = (struct held){0};
	for (const struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		const struct trace_lock *lock = provisional(entry);

		if (!entry->node)
			return false;
		held->key = (held->key ^ held->key >> 29 ^ entry->node) * LOCK_HASH_FACTOR;
		if (lock)
			held->life += lock->lives;
		else if (held->life)
			held->key =
				tree_key(held->key, tree_local_key((void *)(uintptr_t)entry->lock,
								   NULL, NULL, 0));
		else
			outer = entry->key;
	}
	held->key = tree_key(held->key, outer);
	return true;
}

/* The record of a semaphore that is taken for the first time: it stands in place of its life. */
static const struct trace_lock *heir(const struct thread *self, const struct acquire *acquire)
{
	uint64_t lock = (uintptr_t)acquire->lock;
	const struct trace_lock *record;

	if (self->heir.lock != lock || self->heir.generation != lock_generation_of(acquire->lock))
		return NULL;
	record = trace_at(self->heir.ref);
	return record && is_provisional(record) ? record : NULL;
}

/* As look_at_held, for what is held where that node is acquired. */
static uint32_t life_of(uint32_t ref)
{
	uint32_t life = 0;

	for (const struct trace_node *node = trace_at(ref); node; node = trace_at(node->parent)) {
		const struct trace_lock *lock = trace_at(node->lock);

		if (lock && is_provisional(lock))
			life += lock->lives;
	}
	return life;
}

static struct repeat *repeat_of(struct thread *self, uint64_t key)
{
	return &self->repeats[key >> (64 - THREAD_REPEATS_BITS)];
}

/*
 * What stays the same of a situation, and which lives those are that do not; false: nothing that
 * does not is known of, and so it is in the table.
 */
static bool look(const struct thread *self, const struct acquire *acquire, uint64_t key,
		 struct held *held)
{
	uint64_t local = tree_local_of(tree_parent_key(self), key);
	const struct trace_lock *own;

	if (!__atomic_load_n(&provisional_any, __ATOMIC_RELAXED) || self->annotated.depth)
		return false;
	own = heir(self, acquire);
	if (!look_at_held(self, held) || (!held->life && !own))
		return false;
	if (own) {
		local -= tree_local_key(acquire->lock, NULL, NULL, 0);
		local += self->heir.ref * LOCK_HASH_FACTOR;
		held->life += own->lives;
	}
	held->key = (tree_key(held->key, local) ^ local >> 29) * LOCK_HASH_FACTOR | 1;
	return true;
}

/* Others read it: what is no more, or not yet, owed is seen by its life. */
static void set_owed(struct owed *owed, uint32_t node, uint32_t epoch, uint32_t life)
{
	__atomic_store_n(&owed->life, 0, __ATOMIC_RELAXED);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	__atomic_store_n(&owed->node, node, __ATOMIC_RELEASE);
	__atomic_store_n(&owed->epoch, epoch, __ATOMIC_RELEASE);
	__atomic_store_n(&owed->life, life, __ATOMIC_RELEASE);
}

/* False: no room. */
static bool owe(struct thread *self, uint32_t node, uint32_t life)
{
	for (unsigned i = 0; i < THREAD_OWED; i++) {
		struct owed *owed = &self->owed[i];

		if (owed->life && owed->life == life_of(owed->node))
			continue;
		__atomic_store_n(&any_owed, true, __ATOMIC_RELAXED);
		set_owed(owed, node, self->epoch, life);
		return true;
	}
	return false;
}

/* What is taken inside nothing matters for nobody else. */
static bool is_owed(const struct acquire *acquire, uint32_t ref)
{
	const struct trace_node *node = trace_at(ref);

	return node->parent && !op_gives(acquire->op);
}

struct trace_node *repeats_find(struct thread *self, const struct acquire *acquire, uint64_t key)
{
	struct repeat *repeat;
	struct held held;

	if (self->activations || self->passages != nesting_passages() ||
	    !look(self, acquire, key, &held))
		return NULL;
	repeat = repeat_of(self, held.key);
	if (repeat->key != held.key || repeat->last == key ||
	    !stacks_same(repeat->stack, acquire->frame, UINT64_MAX))
		return NULL;
	if (is_owed(acquire, repeat->node) && !owe(self, repeat->node, held.life))
		return NULL;
	repeat->last = key;
	repeat->counted = true;
	return trace_at(repeat->node);
}

bool repeats_learn(struct thread *self, const struct acquire *acquire, uint64_t key,
		   struct stack *stack, const struct trace_node *node)
{
	bool counted, own = self->heir.ref == node->lock;
	struct repeat *repeat;
	struct held held;

	if (!stack || !look(self, acquire, key, &held) ||
	    is_provisional(trace_at(node->lock)) != own)
		return false;
	repeat = repeat_of(self, held.key);
	counted = repeat->counted && repeat->key == held.key && repeat->last == key &&
		  repeat->node == trace_ref(node);
	*repeat = (struct repeat){held.key, key, stack, trace_ref(node), false};
	return counted;
}

static bool visit_owed(struct thread *thread, void *context)
{
	repeats_visit *visit = *(repeats_visit **)context;

	for (unsigned i = 0; i < THREAD_OWED; i++) {
		struct owed *owed = &thread->owed[i];
		uint32_t life = __atomic_load_n(&owed->life, __ATOMIC_ACQUIRE);
		uint32_t node = __atomic_load_n(&owed->node, __ATOMIC_ACQUIRE);
		uint32_t epoch = __atomic_load_n(&owed->epoch, __ATOMIC_ACQUIRE);

		if (life && life == life_of(node) &&
		    __atomic_compare_exchange_n(&owed->life, &life, 0, false, __ATOMIC_ACQ_REL,
						__ATOMIC_RELAXED))
			visit(node, epoch);
	}
	return false;
}

void repeats_collect(repeats_visit *visit)
{
	if (__atomic_load_n(&any_owed, __ATOMIC_RELAXED))
		threads_find(visit_owed, &visit);
}

void repeats_forget(struct thread *thread)
{
	memset(thread->repeats, 0, sizeof(thread->repeats));
	memset(thread->owed, 0, sizeof(thread->owed));
	thread->heir = (struct heir){0};
}
