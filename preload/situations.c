/* Owns what a thread remembers of the stacks and the nodes it has met, by what they are. */
#include "between.h"
#include "families.h"
#include "frames.h"
#include "interpreter.h"
#include "provisional.h"
#include "twins.h"

/* A program with more places than that has its stacks walked again. */
enum { MAX_KNOWN_STACKS = 1 << 18 };

/* Well mixed in its middle bits, which address_map.c uses, and never 0. */
static uint64_t mix(uint64_t a, uint64_t b)
{
	a = (a ^ b << 32 ^ b >> 32) * LOCK_HASH_FACTOR;
	return ((a ^ a >> 29) + b * TREE_SITE_FACTOR) * LOCK_HASH_FACTOR | 1;
}

/*
 * Of the stacks that lead to one site at one depth: so many are remembered, as of a wrapper that a
 * function calls in several places.
 */
enum { WAYS = 8 };

/*
 * A place to look for a stack: among those of one thread by its frame, or among those of all by how
 * far the frame is from the end of its stack. Threads that begin alike have the same ones there.
 */
struct ways {
	struct address_map *known;
	const void *site;
	struct script *calls;
	uint64_t frame;
	unsigned free; /* the way for another stack; WAYS: none */
};

static struct address_map known_to_all;

/* Frames are aligned: the low bits are free. */
static uint64_t way_key(const struct ways *ways, unsigned way)
{
	return mix((uintptr_t)ways->site, ways->frame ^ (uintptr_t)ways->calls << 5 ^ way);
}

static struct stack *find_way(struct ways *ways, const void *frame, uint64_t high)
{
	for (ways->free = 0; ways->free < WAYS; ways->free++) {
		struct stack *stack = (struct stack *)(uintptr_t)address_map_get(
			ways->known, way_key(ways, ways->free));

		if (!stack)
			break;
		if (stacks_same(stack, frame, high) &&
		    (stack->calls == ways->calls || stack->flags & TRACE_STACK_HANDLER))
			return stack;
	}
	return NULL;
}

/* One that was not found. */
static void put_way(const struct ways *ways, struct stack *stack)
{
	unsigned way = ways->free < WAYS ? ways->free : ways->known->used % WAYS;

	if (ways->known->used < MAX_KNOWN_STACKS)
		address_map_put(ways->known, way_key(ways, way), (uintptr_t)stack);
}

static struct stack *find_stack(struct thread *self, const void *site, const void *frame, bool lock)
{
	struct script *calls = interpreter_there ? interpreter_calls(site, lock) : NULL;
	const uint64_t at = (uintptr_t)frame;
	struct ways own = {&self->known, site, calls, at, 0};
	struct ways all = {&known_to_all, site, calls, self->stack_high - at, 0};
	const bool on_stack = at >= self->stack_low && at < self->stack_high;
	struct stack *stack;

	frames_check(self, frame);
	stack = find_way(&own, frame, UINT64_MAX);
	if (stack)
		return stack;
	stack = on_stack ? find_way(&all, frame, self->stack_high) : NULL;
	if (!stack) {
		stack = stacks_capture(site, frame, calls);
		if (stack && on_stack)
			put_way(&all, stack);
	}
	if (stack)
		put_way(&own, stack);
	return stack;
}

struct stack *stacks_at(struct thread *self, const void *site, const void *frame)
{
	return find_stack(self, site, frame, false);
}

struct stack *stacks_at_lock(struct thread *self, const void *site, const void *frame)
{
	return find_stack(self, site, frame, true);
}

struct stack *stacks_of(struct thread *self, const struct acquire *acquire)
{
	return op_takes_semaphore(acquire->op) ? stacks_at_lock(self, acquire->site, acquire->frame)
					       : stacks_at(self, acquire->site, acquire->frame);
}

/* What a node is, whatever way led to it. */
static uint64_t identity_key(uint32_t parent, uint32_t lock, uint32_t stack, uint16_t op)
{
	return mix((uint64_t)parent << 32 | lock, (uint64_t)stack << 16 | op);
}

uint32_t tree_known(struct thread *thread, uint32_t parent, uint32_t lock, uint32_t stack,
		    uint16_t op)
{
	return (uint32_t)address_map_get(&thread->known, identity_key(parent, lock, stack, op));
}

static void know_node(struct thread *thread, const struct trace_node *node)
{
	uint64_t key = identity_key(node->parent, node->lock, node->stack, node->op);

	address_map_put(&thread->known, key, trace_ref(node));
	twins_node(thread, trace_ref(node), node->op);
}

/* Taken inside nothing, it does not matter when that was. */
static bool is_plain(uint16_t op)
{
	return op_kind(op) == TRACE_LOCK_mutex || op_kind(op) == TRACE_LOCK_spin;
}

/*
 * Of what the thread meets for the first time in one epoch, the nodes are in that order. One that
 * was of another life of a lock (between.h) may come too late for that.
 */
static bool is_in_turn(struct thread *thread, const struct trace_node *node)
{
	if (node->count || !between_has_any(node))
		return true;
	if (thread->newest_epoch == thread->epoch && trace_ref(node) < thread->newest)
		return false;
	thread->newest_epoch = thread->epoch;
	thread->newest = trace_ref(node);
	return true;
}

/* NULL: it is to have another one. */
static struct trace_node *known_in_turn(struct thread *thread, uint64_t key,
					struct trace_node *node)
{
	const uint32_t ref = twins_in_turn(thread, trace_ref(node));

	if (ref && ref != trace_ref(node) && !address_map_put(&thread->known, key, ref))
		return NULL;
	return trace_at(ref);
}

struct trace_node *tree_node(struct thread *thread, uint32_t thread_ref, uint32_t parent,
			     uint32_t lock, uint32_t stack, uint16_t op)
{
	uint64_t key = identity_key(parent, lock, stack, op);
	struct trace_cursor *cursor = thread ? twins_cursor(thread) : &recorder_cursor;
	struct trace_node *node = NULL;

	if (thread)
		node = trace_at((uint32_t)address_map_get(&thread->known, key));
	else
		twins_forget(thread_ref);
	if (thread && (parent || !is_plain(op)))
		twins_nested(thread, op);
	if (node)
		node = known_in_turn(thread, key, node);
	if (node && is_in_turn(thread, node)) {
		between_met(node, thread->epoch);
		twins_met(thread, node);
		return node;
	}
	node = trace_alloc(cursor, TRACE_TYPE_node, sizeof(*node));
	if (!node)
		return NULL;
	node->thread = thread_ref;
	node->parent = parent;
	node->lock = lock;
	node->stack = stack;
	node->op = op;
	if (thread) {
		cursor->chunk->owner = thread_ref;
		node->first_epoch = node->last_epoch = thread->epoch;
		thread->newest_epoch = thread->epoch;
		thread->newest = thread->last_made = trace_ref(node);
	}
	trace_commit(cursor, node);
	between_met(node, node->last_epoch);
	if (thread) {
		twins_met(thread, node);
		know_node(thread, node);
	}
	trace_touch_clock();
	return node;
}

void tree_again(struct thread *thread, uint32_t ref)
{
	know_node(thread, trace_at(ref));
}

/*
 * Not put into the table: the fast path takes it that what it finds there was acquired before.
 */
struct trace_node *tree_situation(struct thread *self, const struct acquire *acquire)
{
	struct trace_node *node = NULL;
	struct stack *stack;
	struct slow slow;
	uint32_t lock;

	tree_shed(self);
	provisional_settle(self, acquire->lock);
	slow_begin(&slow, self);
	stack = stacks_of(self, acquire);
	lock = locks_ref(self, acquire->lock, acquire->op, stack);
	if (lock)
		node = tree_situation_of(self, lock, stacks_ref(stack), acquire->op);
	slow_end(&slow);
	return node;
}

struct trace_node *tree_situation_of(struct thread *self, uint32_t lock, uint32_t stack,
				     uint16_t op)
{
	return tree_node(self, self->ref, thread_depth(self) ? self->top->node : 0, lock, stack,
			 op);
}

uint64_t tree_situation_key(const struct thread *self, const struct acquire *acquire)
{
	return tree_key(tree_parent_key(self), tree_local_of_acquire(acquire));
}
