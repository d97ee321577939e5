/* Owns the held stack when something below its top is given back: what stays stands for others. */
#include "restack.h"

#include "tree.h"

enum { MOST_DERIVED = 1 << 12 };

/*
 * What stands for what stayed held is not found by the key of an acquisition in that situation: the
 * fast path would count one that the node does not know of. It is found by the nodes themselves:
 * the keys of short-lived locks differ from life to life, and their nodes do not (pool.h).
 */
static uint64_t derived_key(uint32_t parent, uint32_t old)
{
	uint64_t key = (uint64_t)parent << 32 | old;

	return (key ^ key >> 29) * LOCK_HASH_FACTOR;
}

/* 0: none that is known. */
static uint32_t derived(const struct thread *self, uint32_t parent, uint32_t old)
{
	return old ? (uint32_t)address_map_get(&self->derived, derived_key(parent, old)) : 0;
}

/* The node that stands for what `old` does, now that something below it is gone. */
static struct trace_node *rederive(struct thread *self, uint32_t old_ref, uint32_t parent)
{
	const struct trace_node *old = trace_at(old_ref);
	struct trace_node *node;

	if (!old)
		return NULL;
	node = tree_node(self, self->ref, parent, old->lock, old->stack, old->op);
	/* Some are of locks that are gone. */
	if (self->derived.used >= MOST_DERIVED)
		address_map_clear(&self->derived);
	if (node)
		address_map_put(&self->derived, derived_key(parent, old_ref), trace_ref(node));
	return node;
}

void restack(struct thread *self, uint32_t from, uint32_t onto, uint64_t below)
{
	uint32_t depth = thread_depth(self), drop = from - onto;
	bool in_slow = self->busy == THREAD_RECORDER, kept = !in_slow && section_keep(self, onto);
	struct slow slow = {.self = NULL};

	if (!in_slow && !kept) {
		slow_begin(&slow, self);
		in_slow = true;
	}
	for (uint32_t i = from; i < depth; i++) {
		struct trace_held_entry *entry = &self->entries[i - drop];
		uint32_t node, parent = i > drop ? entry[-1].node : 0;
		uint64_t key, old_key = self->entries[i].key;

		*entry = self->entries[i];
		key = tree_key(entry[-1].key, tree_local_of(below, old_key));
		node = derived(self, parent, entry->node);
		if (!node && !in_slow) {
			slow_begin(&slow, self);
			in_slow = true;
		}
		if (!node)
			node = trace_ref(rederive(self, entry->node, parent));
		entry->node = node;
		entry->key = key;
		below = old_key;
	}
	/* What was given back last leaves its node behind, as in tree_release_top. */
	for (uint32_t i = depth - drop; i < depth; i++) {
		/* First: with `since` gone it could be given back in the usual way. */
		self->entries[i].lock = 0;
		__atomic_signal_fence(__ATOMIC_SEQ_CST);
		self->entries[i] = (struct trace_held_entry){
			.node = from == depth ? self->entries[i].node : 0};
	}
	if (kept && from < depth)
		self->entries[depth - drop - 1].since = section_since(self);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	self->top -= drop;
	if (kept)
		section_done(self);
	if (slow.self)
		slow_end(&slow);
}

void restack_over(struct thread *self, uint32_t from)
{
	uint32_t depth = thread_depth(self), to = from;
	uint64_t below = self->entries[(int64_t)from - 1].key;

	for (uint32_t i = from; i < depth; i++) {
		struct trace_held_entry entry = self->entries[i];
		uint64_t old_key = entry.key;

		if (entry.lock != TRACE_HELD_HOLE) {
			const struct trace_held_entry *outer = &self->entries[to] - 1;

			entry.key = tree_key(outer->key, tree_local_of(below, old_key));
			entry.node = trace_ref(rederive(self, entry.node, to ? outer->node : 0));
			self->entries[to++] = entry;
		}
		below = old_key;
	}
	for (uint32_t i = to; i < depth; i++)
		self->entries[i] = (struct trace_held_entry){0};
	self->top -= depth - to;
	trace_header->widened++;
}

/* Field by field, as the fast path writes it: what is loaded in one piece and was just stored in
 * several waits until they have left the store buffer. */
static inline void copy(struct trace_held_entry *to, const struct trace_held_entry *from)
{
	uint64_t lock = from->lock, key = from->key, since = from->since;
	uint32_t node = from->node;

	__asm__ volatile("" : "+r"(lock), "+r"(key), "+r"(since), "+r"(node));
	to->lock = lock;
	to->key = key;
	to->node = node;
	to->since = since;
}

OFTEN bool restack_second(struct thread *self, const void *lock)
{
	struct trace_held_entry *top = self->top, *gone = top - 1;
	struct section *section = &self->section;
	uint64_t key, since;
	uint32_t node;

	if (gone < self->entries || gone->lock != (uintptr_t)lock || gone->since ||
	    top->lock == (uintptr_t)lock)
		return false;
	node = derived(self, gone > self->entries ? gone[-1].node : 0, top->node);
	if (!node)
		return false;
	key = tree_key(gone[-1].key, tree_local_of(gone->key, top->key));
	copy(&section->kept[0], gone);
	copy(&section->kept[1], top);
	section_kept(self, 2);
	since = section->kept[1].since;
	gone->lock = section->kept[1].lock;
	gone->key = key;
	gone->node = node;
	gone->since = 1;
	/* First: with `since` gone it could be given back in the usual way. */
	top->lock = 0;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	top->key = 0;
	top->node = 0;
	top->since = 0;
	gone->since = since;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	self->top = gone;
	section_done(self);
	return true;
}
