/* Owns what makes threads alike. */
#include "kin.h"

#include "families.h"
#include "join.h"
#include "tree.h"

#include <string.h>

uint64_t kin_mix(uint64_t a, uint64_t b)
{
	a = (a ^ b ^ b >> 32) * LOCK_HASH_FACTOR;
	return ((a ^ a >> 29) + b * TREE_SITE_FACTOR) * LOCK_HASH_FACTOR | 1;
}

/* Of onces that were alone, all that counts is where they were made, and in which order. */
static uint64_t print_of_lock(const struct twin *twin, uint32_t ref)
{
	const struct trace_lock *lock = trace_at(ref);

	for (uint32_t i = 0; i < twin->once_count; i++) {
		if (twin->onces[i] == ref)
			return kin_mix(lock->created_stack, i);
	}
	return ref;
}

uint64_t kin_print(const struct twin *twin, uint32_t ref)
{
	const struct trace_node *node = trace_at(ref);
	uint64_t print;

	if (!node)
		return 1;
	print = kin_mix(kin_print(twin, node->parent), print_of_lock(twin, node->lock));
	print = kin_mix(kin_mix(print, node->stack), node->op);
	return twin->passes ? kin_mix(kin_mix(print, node->first_epoch), node->last_epoch) : print;
}

uint64_t kin_print_thread(const struct trace_thread *record)
{
	uint64_t print = (uint64_t)record->creator << 32 | record->created_stack, words[2];

	memcpy(words, record->name, sizeof(words));
	print = kin_mix(kin_mix(print, record->start_routine),
			record->state & TRACE_THREAD_CANCELLABLE);
	return kin_mix(kin_mix(print, words[0]), words[1]);
}
_Static_assert(TRACE_NAME_SIZE == 16, "a name is two words");

uint32_t kin_parts(const struct trace_node *node)
{
	bool writes = op_kind(node->op) == TRACE_LOCK_rwlock && !op_is_shared(node->op);

	return (node->parent != 0) + writes;
}

static void add_wait(struct trace_node *to, struct trace_node *from)
{
	struct trace_wait *wait = trace_at(from->wait), *sum = trace_at(to->wait);

	if (!wait || !wait->count)
		return;
	if (!sum) {
		wait->node = trace_ref(to);
		to->wait = from->wait;
		from->wait = 0;
		return;
	}
	sum->count += wait->count;
	sum->total += wait->total;
	sum->max = wait->max > sum->max ? wait->max : sum->max;
	for (unsigned b = 0; b < TRACE_BUCKETS; b++)
		sum->buckets[b] += wait->buckets[b];
	wait->count = wait->total = wait->max = 0;
	memset(wait->buckets, 0, sizeof(wait->buckets));
}

void kin_count(struct trace_node *to, struct trace_node *from)
{
	to->count += from->count;
	add_wait(to, from);
	from->count = 0;
}

struct trace_node *kin_join(const struct trace_node *join, uint32_t thread)
{
	struct thread *joiner = thread_of(join->thread);
	uint32_t lock = join_lock_alike(thread), known;

	if (!joiner || !lock)
		return NULL;
	/* So that no note is made of it. */
	known = tree_known(joiner, 0, lock, join->stack, join->op);
	return known ? trace_at(known)
		     : tree_node(joiner, joiner->ref, 0, lock, join->stack, join->op);
}

void kin_move(struct trace_node *to, struct trace_node *from)
{
	if (!to->count || to->first_epoch > from->first_epoch)
		to->first_epoch = from->first_epoch;
	if (!to->count || to->last_epoch < from->last_epoch)
		to->last_epoch = from->last_epoch;
	kin_count(to, from);
}
