/* Owns what is known of onces that only one thread has called. */
#include "alone.h"

#include "alone_records.h"
#include "arena.h"
#include "brood.h"
#include "join.h"
#include "twins.h"

enum { MOST_ALONE = 1 << 12 };

struct alone {
	uint32_t marked;       /* epoch of the last thing that its thread did for it, and 1 */
	uint32_t owner;	       /* thread record */
	uint32_t run, pass;    /* nodes; 0: not yet */
	uint32_t joined, join; /* thread record, node; 0: none */
	uint32_t across;       /* record of what was held when the epoch ended; 0: none yet */
	bool dirty;	       /* something else was done inside */
};

/* Addresses -> struct alone; thread records -> how many of these concern them. */
static struct address_map alive, concerned;

static struct alone *find(const struct lock *lock)
{
	return (struct alone *)(uintptr_t)address_map_get(&alive, lock->address);
}

bool alone_concerns(uint32_t thread)
{
	return address_map_get(&concerned, thread) != 0;
}

static void concern(uint32_t thread)
{
	address_map_put(&concerned, thread, address_map_get(&concerned, thread) + 1);
}

static void concern_no_longer(uint32_t thread)
{
	uint64_t count = address_map_get(&concerned, thread);

	if (count > 1)
		address_map_put(&concerned, thread, count - 1);
	else
		address_map_remove(&concerned, thread);
}

/* It is alone no longer. */
static void let_go(const struct lock *lock, struct alone *alone, struct thread *owner)
{
	address_map_remove(&alive, lock->address);
	concern_no_longer(alone->owner);
	if (alone->joined)
		concern_no_longer(alone->joined);
	if (owner && !--owner->twin.alone)
		owner->twin.marked_alone = 0;
}

/* What is held in the join is the once, too; the thread that was joined keeps its record. */
static void join_inside(const struct alone *alone, struct thread *owner)
{
	struct trace_node *join = trace_at(alone->join), *inside = NULL;

	if (!join)
		return;
	if (alone->run)
		inside = tree_node(owner, alone->owner, alone->run, join->lock, join->stack,
				   join->op);
	/* It may not have come to the join yet: that it will, is as good. */
	if (inside && !inside->count) {
		inside->first_epoch = join->count || !owner ? join->first_epoch : owner->epoch;
		inside->last_epoch = join->count || !owner ? join->last_epoch : owner->epoch;
		inside->count = 1;
	}
	join_take_lock(alone->joined);
	twins_forget_waiting(alone->joined);
}

static bool is_within(uint32_t marked, uint32_t from, uint32_t to)
{
	return marked > from && marked <= to;
}

bool alone_is_open(const struct thread *thread, uint32_t from, uint32_t to)
{
	if (is_within(thread->twin.marked_alone, from, to))
		return true;
	for (size_t i = 0; thread->twin.alone && i < alive.count; i++) {
		const struct alone *alone = (struct alone *)(uintptr_t)alive.slots[i].value;

		if (alive.slots[i].key && alone->owner == thread->ref &&
		    is_within(alone->marked, from, to))
			return true;
	}
	return false;
}

static void note(const struct thread *owner, uint32_t marked)
{
	if (marked)
		brood_note(owner->ref, marked - 1);
}

/* Another thread has called it. */
static void settle(struct lock *lock, struct alone *alone)
{
	struct thread *owner = thread_of(alone->owner);

	lock->alone = false;
	if (owner) {
		note(owner, alone->marked);
		note(owner, owner->twin.marked_alone);
		twins_exclude(owner);
	}
	let_go(lock, alone, owner);
	if (!owner)
		twins_forget_waiting(alone->owner);
	join_inside(alone, owner);
	arena_free(alone, sizeof(*alone));
}

/* Whether the once that lives there now, and was not called before, may be alone. */
static bool may_be(const struct thread *self, const struct lock *lock, int state)
{
	return !state && !lock->in_module && !lock->ref && lock->kind == TRACE_LOCK_once &&
	       lock->created_by == self->ref && !thread_depth(self) && !self->annotated.depth &&
	       !self->late && !labels_has(lock->address) && alive.used < MOST_ALONE &&
	       alone_records_room(stacks_ref(lock->created));
}

/* False: no memory. */
static bool begin(struct thread *self, struct lock *lock)
{
	struct alone *alone = arena_alloc(sizeof(*alone));

	if (!alone)
		return false;
	alone->owner = self->ref;
	if (!address_map_put(&alive, lock->address, (uintptr_t)alone)) {
		arena_free(alone, sizeof(*alone));
		return false;
	}
	concern(self->ref);
	lock->alone = true;
	self->twin.alone++;
	return true;
}

/* Whether its thread has come back from it, and calls it again: that it knows. */
static bool is_known(const struct thread *self, const struct alone *alone, int state)
{
	return alone->owner == self->ref && alone->pass && state & ONCE_COMPLETE;
}

enum alone_call alone_begin(struct thread *self, const struct once *once)
{
	const int *control = once->run.lock, state = __atomic_load_n(control, __ATOMIC_ACQUIRE);
	enum alone_call call = ALONE_NOT;
	struct stack *stack;
	struct lock *lock;
	struct slow slow;

	slow_begin(&slow, self);
	lock = locks_find(control);
	if (!lock || lock->kind != TRACE_LOCK_once) {
		stack = stacks_at(self, once->run.site, once->run.frame);
		lock = locks_live(self, control, TRACE_LOCK_once, stack);
		if (lock && may_be(self, lock, state) && begin(self, lock))
			call = ALONE_FIRST;
	} else if (lock->alone) {
		if (is_known(self, find(lock), state))
			call = ALONE_KNOWN;
		else
			settle(lock, find(lock));
	}
	slow_end(&slow);
	return call;
}

void alone_run(struct thread *self, const void *control)
{
	struct alone *alone;
	struct lock *lock;
	struct slow slow;

	if (!self->twin.alone)
		return;
	slow_begin(&slow, self);
	lock = locks_find(control);
	alone = lock && lock->alone ? find(lock) : NULL;
	if (alone && (alone->owner != self->ref || alone->run || thread_depth(self) != 1 ||
		      !self->top->node)) {
		settle(lock, alone);
	} else if (alone) {
		alone->run = self->top->node;
		self->twin.inside = (uintptr_t)control;
		self->twin.dirty = false;
		twins_alone(self, lock->ref);
	}
	slow_end(&slow);
}

void alone_left(struct thread *self, const void *control)
{
	struct lock *lock;
	struct slow slow;

	if (self->twin.inside != (uintptr_t)control)
		return;
	slow_begin(&slow, self);
	self->twin.inside = 0;
	lock = locks_find(control);
	if (lock && lock->alone)
		find(lock)->dirty |= self->twin.dirty;
	slow_end(&slow);
}

bool alone_passed(struct thread *self, const void *control, const struct trace_node *node)
{
	struct alone *alone;
	struct lock *lock;
	struct slow slow;

	if (!self->twin.alone)
		return false;
	slow_begin(&slow, self);
	lock = locks_find(control);
	alone = lock && lock->alone ? find(lock) : NULL;
	if (alone && alone->owner == self->ref && alone->run && node && !thread_depth(self)) {
		alone->pass = trace_ref(node);
		alone->marked = self->epoch + 1;
	} else if (alone) {
		settle(lock, alone);
		alone = NULL;
	}
	slow_end(&slow);
	self->twin.passes += alone != NULL;
	return alone;
}

bool alone_only(const struct thread *self)
{
	return thread_depth(self) == 1 && self->twin.inside &&
	       self->twin.inside == self->top->lock && !self->twin.dirty;
}

bool alone_is(const struct thread *thread, const struct trace_node *node)
{
	const struct trace_lock *record = trace_at(node->lock);
	const struct lock *lock = locks_find((void *)(uintptr_t)record->address);

	return lock && lock->alone && lock->ref == node->lock && find(lock)->owner == thread->ref;
}

bool alone_join(struct thread *self, uint32_t thread, const struct trace_node *node)
{
	const struct lock *lock = locks_find((void *)(uintptr_t)self->top->lock);
	struct alone *alone;

	if (!node || !lock || !lock->alone)
		return false;
	alone = find(lock);
	if (alone->joined)
		return false;
	alone->joined = thread;
	alone->join = trace_ref(node);
	concern(thread);
	return true;
}

/* NULL: the thread is inside none in which nothing else was done. */
static struct alone *around(const struct thread *self)
{
	const struct lock *lock = locks_find((void *)(uintptr_t)self->twin.inside);

	return lock && lock->alone && alone_only(self) ? find(lock) : NULL;
}

bool alone_across(struct thread *self)
{
	const struct alone *alone = around(self);
	struct trace_across *across = alone ? trace_at(alone->across) : NULL;

	if (!across)
		return false;
	across->node = self->top->node;
	across->first_epoch = across->last_epoch = self->epoch;
	across->step = 0;
	self->across = alone->across;
	return true;
}

bool alone_crossed(struct thread *self)
{
	struct alone *alone = around(self);

	if (alone)
		alone->across = self->across;
	return alone != NULL;
}

bool alone_take(struct lock *lock)
{
	return alone_records_take(lock, &find(lock)->across);
}

/* Whether that is all that was counted there. */
static bool is_single(const struct trace_node *node, uint32_t lock)
{
	return node && node->count == 1 && !node->spans && node->lock == lock;
}

static bool was_awaited(const struct trace_node *node)
{
	const struct trace_wait *wait = trace_at(node->wait);

	return wait && wait->count;
}

/* The node that is to the record that counts what this one is to the once's. */
static struct trace_node *counterpart(struct thread *owner, const struct trace_node *node,
				      uint32_t as)
{
	return trace_at(tree_known(owner, 0, as, node->stack, node->op));
}

/* What the once leaves counts on the first one's record, unless it is the first, or has to stay. */
static void fold(const struct lock *lock, const struct alone *alone, struct thread *owner)
{
	const struct trace_lock *record = trace_at(lock->ref);
	struct trace_node *run = trace_at(alone->run), *pass = trace_at(alone->pass);
	struct trace_node *to_run, *to_pass;
	uint32_t as;

	if (alone->dirty || lock->outer || lock->touched || lock->counted || lock->lives != 1 ||
	    !is_single(run, lock->ref) || !is_single(pass, lock->ref) || was_awaited(run) ||
	    was_awaited(pass) || record->hold_histogram)
		return;
	as = alone_records_counting(alone->owner, record->created_stack, lock->ref);
	if (!as)
		return;
	to_run = counterpart(owner, run, as);
	to_pass = counterpart(owner, pass, as);
	if (!to_run || !to_pass)
		return;
	to_run->count++;
	to_pass->count++;
	run->count = pass->count = 0;
	alone_records_keep(alone->owner, lock->ref, as, alone->across);
}

/* Whether its record is not to stand for others. */
static bool is_no_twin(const struct thread *thread)
{
	return thread->twin.excluded || thread->epoch != thread->twin.passes;
}

void alone_end(struct lock *lock)
{
	struct alone *alone = find(lock);
	struct thread *owner = thread_of(alone->owner);

	if (labels_has(lock->address)) {
		settle(lock, alone);
		return;
	}
	if (lock->ref)
		alone_records_stay(lock->ref);
	if (owner && is_no_twin(owner) && owner->twin.inside != lock->address)
		fold(lock, alone, owner);
	let_go(lock, alone, owner);
	twins_settled_once(alone->owner);
	if (alone->joined)
		twins_settled_once(alone->joined);
	arena_free(alone, sizeof(*alone));
}

void alone_reset(void)
{
	address_map_free(&alive);
	address_map_free(&concerned);
	alone_records_reset();
}
