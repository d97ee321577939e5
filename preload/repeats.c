/* Owns what threads remember of short-lived semaphores, and what these are owed. */
#include "repeats.h"

#include "families.h"
#include "nesting.h"

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

/* False: there is none, or it is not known well enough. */
static bool look_at_held(const struct thread *self, struct held *held)
{
	*held = (struct held){.key = self->epoch};
	for (const struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		const struct trace_node *node = trace_at(entry->node);
		const struct trace_lock *lock = node ? trace_at(node->lock) : NULL;

		if (!lock)
			return false;
		held->key = (held->key ^ held->key >> 29 ^ entry->node) * LOCK_HASH_FACTOR;
		if (is_provisional(lock))
			held->life += lock->lives;
		else
			held->key =
				tree_key(held->key, tree_local_key((void *)(uintptr_t)entry->lock,
								   NULL, NULL, 0));
	}
	return held->life != 0;
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

static uint64_t repeat_key(const struct held *held, uint64_t local)
{
	return (tree_key(held->key, local) ^ local >> 29) * LOCK_HASH_FACTOR | 1;
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

struct trace_node *repeats_find(struct thread *self, const struct acquire *acquire, uint64_t key)
{
	uint64_t local = tree_local_of(tree_parent_key(self), key), wanted;
	struct repeat *repeat;
	struct held held;

	if (!look_at_held(self, &held) || self->activations || self->annotated.depth ||
	    self->passages != nesting_passages())
		return NULL;
	wanted = repeat_key(&held, local);
	repeat = repeat_of(self, wanted);
	if (repeat->key != wanted || repeat->last == key ||
	    !stacks_same(repeat->stack, acquire->frame))
		return NULL;
	if (!op_gives(acquire->op) && !owe(self, repeat->node, held.life))
		return NULL;
	repeat->last = key;
	repeat->counted = true;
	return trace_at(repeat->node);
}

bool repeats_learn(struct thread *self, uint64_t key, struct stack *stack,
		   const struct trace_node *node)
{
	uint64_t local = tree_local_of(tree_parent_key(self), key), wanted;
	struct repeat *repeat;
	struct held held;
	bool counted;

	if (!stack || self->annotated.depth || !look_at_held(self, &held) ||
	    is_provisional(trace_at(node->lock)))
		return false;
	wanted = repeat_key(&held, local);
	repeat = repeat_of(self, wanted);
	counted = repeat->counted && repeat->key == wanted && repeat->last == key &&
		  repeat->node == trace_ref(node);
	*repeat = (struct repeat){wanted, key, stack, trace_ref(node), false};
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
}
