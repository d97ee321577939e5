/* Owns what tells whether a thread may be another one's twin: what it has to do with others. */
#include "twins.h"

#include "alone.h"
#include "between.h"
#include "brood.h"
#include "families.h"
#include "join.h"
#include "locks.h"

enum { MOST_SIGNALLED = 64 };

static uint64_t stamp;		      /* moves when a record is written that may name any thread */
static struct trace_cursor inherited; /* of all that began with nodes of others */

/* Which threads a record of that type names. */
enum names { NAMES_ANY, NAMES_WRITER, NAMES_NONE };

static const uint8_t names[TRACE_TYPES] = {
	[TRACE_TYPE_process] = NAMES_NONE,	[TRACE_TYPE_module] = NAMES_NONE,
	[TRACE_TYPE_thread] = NAMES_NONE,	[TRACE_TYPE_stack] = NAMES_NONE,
	[TRACE_TYPE_lock] = NAMES_NONE,		[TRACE_TYPE_node] = NAMES_NONE,
	[TRACE_TYPE_wait] = NAMES_NONE,		[TRACE_TYPE_histogram] = NAMES_NONE,
	[TRACE_TYPE_held] = NAMES_NONE,		[TRACE_TYPE_counts] = NAMES_NONE,
	[TRACE_TYPE_label] = NAMES_NONE,	[TRACE_TYPE_handlers] = NAMES_NONE,
	[TRACE_TYPE_runtime] = NAMES_NONE,	[TRACE_TYPE_alarms] = NAMES_NONE,
	[TRACE_TYPE_children] = NAMES_NONE,	[TRACE_TYPE_begun] = NAMES_NONE,
	[TRACE_TYPE_futex] = NAMES_NONE,	[TRACE_TYPE_reaped] = NAMES_NONE,
	[TRACE_TYPE_wakes] = NAMES_NONE,	[TRACE_TYPE_unordered] = NAMES_NONE,
	[TRACE_TYPE_alike] = NAMES_NONE,	[TRACE_TYPE_script] = NAMES_NONE,
	[TRACE_TYPE_calls] = NAMES_NONE,	[TRACE_TYPE_signal] = NAMES_NONE,
	[TRACE_TYPE_span] = NAMES_WRITER,	[TRACE_TYPE_across] = NAMES_NONE,
	[TRACE_TYPE_trial] = NAMES_WRITER,	[TRACE_TYPE_event] = NAMES_NONE,
	[TRACE_TYPE_tally] = NAMES_NONE,	[TRACE_TYPE_sync] = NAMES_WRITER,
	[TRACE_TYPE_ignored] = NAMES_WRITER,	[TRACE_TYPE_blind] = NAMES_NONE,
	[TRACE_TYPE_awaited] = NAMES_WRITER,	[TRACE_TYPE_exec] = NAMES_WRITER,
	[TRACE_TYPE_identity] = NAMES_WRITER,	[TRACE_TYPE_open_file] = NAMES_WRITER,
	[TRACE_TYPE_limited_join] = NAMES_NONE,
};

void twins_written(enum trace_type type)
{
	struct thread *self = current_thread;

	if (names[type] == NAMES_NONE)
		return;
	stamp += names[type] == NAMES_ANY;
	if (!self)
		return;
	twins_exclude(self);
	/* A span of what it takes inside something is marked there. */
	if (type != TRACE_TYPE_span)
		twins_mark(self);
}

struct trace_cursor *twins_cursor(struct thread *thread)
{
	const struct twin *twin = &thread->twin;

	if (!twin->inherited)
		return &thread->nodes;
	if (twin->cursor.chunk > inherited.chunk)
		inherited = twin->cursor;
	return &inherited;
}

/* What a thread that nobody joins may do, too. */
static bool is_lasting(uint16_t kind, uint16_t op)
{
	return kind == TRACE_LOCK_semaphore || (kind == TRACE_LOCK_condition && op_gives(op));
}

void twins_node(struct thread *thread, uint32_t node, uint16_t op)
{
	struct twin *twin = &thread->twin;
	uint16_t kind = op_kind(op);

	/* Nodes are given to it before it begins. */
	bool alone = kind == TRACE_LOCK_once && (!thread->tid || alone_is(thread, trace_at(node)));
	bool waits =
		kind == TRACE_LOCK_mutex || kind == TRACE_LOCK_rwlock || kind == TRACE_LOCK_spin;
	bool lasting = is_lasting(kind, op) && !twin->alone && !twin->passes;

	bool meets = kind == TRACE_LOCK_barrier && !twin->alone && !twin->passes;

	if (twin->count == TWIN_NODES || (!waits && !alone && !lasting && !meets)) {
		twin->excluded = true;
		return;
	}
	twin->lasting |= lasting || meets;
	twin->meets |= meets;
	twin->nodes[twin->count++] = node;
}

/* Mixed, so that sums of several tell which they were. */
static uint64_t weight_of(uint32_t node)
{
	uint64_t weight = (node + UINT64_C(1)) * LOCK_HASH_FACTOR;

	weight = (weight ^ weight >> 32) * TREE_SITE_FACTOR;
	return (weight ^ weight >> 29) * LOCK_HASH_FACTOR;
}

/* False: there are too many. */
static bool note_shared(struct twin *twin, uint32_t node)
{
	for (uint32_t i = 0; i < twin->shared_count; i++) {
		if (twin->shared[i] == node)
			return true;
	}
	if (twin->shared_count == TWIN_SHARED)
		return false;
	twin->shared[twin->shared_count++] = node;
	return true;
}

void twins_met(struct thread *self, const struct trace_node *node)
{
	const uint32_t ref = trace_ref(node);

	if (!between_has_any(node) || !note_shared(&self->twin, ref))
		self->twin.taken += weight_of(ref);
}

uint64_t twins_taken(const struct thread *self, uint32_t child)
{
	const struct twin *twin = &self->twin;
	uint64_t taken = twin->taken;

	for (uint32_t i = 0; i < twin->shared_count; i++) {
		if (!between_is_of(child, trace_at(twin->shared[i])))
			taken += weight_of(twin->shared[i]);
	}
	return taken;
}

bool twins_may_signal(struct thread *self)
{
	struct twin *twin = &self->twin;

	return !self->late && self->epoch == twin->passes + twin->steps &&
	       twin->signalled++ < MOST_SIGNALLED;
}

struct trace_signal *twins_signal(struct thread *self, uint32_t section)
{
	struct twin *twin = &self->twin;
	struct trace_signal *signal;

	for (uint32_t i = 0; i < twin->signal_count; i++) {
		signal = trace_at(twin->signals[i]);
		if (signal->node == section)
			return signal;
	}
	if (twin->signal_count == twin->signal_room)
		return NULL;
	signal = trace_at(twin->signals[twin->signal_count++]);
	signal->node = section;
	return signal;
}

void twins_signalled(struct thread *self, const struct trace_signal *signal)
{
	struct twin *twin = &self->twin;

	twins_mark(self);
	if (twin->signal_room == TWIN_SIGNALS) {
		twin->excluded = true;
		return;
	}
	twin->signals[twin->signal_room++] = trace_ref(signal);
	twin->signal_count = twin->signal_room;
}

static void note_blind(struct thread *self)
{
	struct twin *twin = &self->twin;

	twins_mark(self);
	twin->meets = true;
	twin->steps++;
}

struct trace_blind *twins_blind(struct thread *self)
{
	struct trace_blind *blind = trace_at(self->twin.blind);

	if (!blind)
		return NULL;
	blind->epoch = self->epoch + 1;
	note_blind(self);
	return blind;
}

void twins_blinded(struct thread *self, const struct trace_blind *blind)
{
	self->twin.blind = trace_ref(blind);
	note_blind(self);
}

void twins_alone(struct thread *thread, uint32_t lock)
{
	struct twin *twin = &thread->twin;

	if (twin->once_count == TWIN_ONCES || twin->lasting)
		twin->excluded = true;
	else
		twin->onces[twin->once_count++] = lock;
}

void twins_made(struct thread *thread, uint64_t address)
{
	struct twin *twin = &thread->twin;

	if (twin->made_count == TWIN_LOCKS)
		twin->excluded = true;
	else
		twin->made[twin->made_count++] = address;
}

void twins_named(uint32_t maker)
{
	const struct trace_thread *record = trace_at(maker);

	if (current_thread && current_thread->ref == maker)
		twins_exclude(current_thread);
	else if (record && !(record->state & TRACE_THREAD_MAIN))
		stamp++;
}

/* A condition that no call made, and whose record stands for others, too: nobody asks who was the
 * first to use it. */
static bool forgets_maker(struct lock *lock)
{
	struct trace_lock *record = trace_at(lock->ref);

	if (lock->kind != TRACE_LOCK_condition || lock->init_seen || lock->counted || !record ||
	    lock->lives <= 1)
		return false;
	record->created_by = lock->created_by = 0;
	return true;
}

/* Whether a lock that it made is still there. */
static bool has_left_locks(const struct thread *self)
{
	for (uint32_t i = 0; i < self->twin.made_count; i++) {
		struct lock *lock = locks_find((void *)(uintptr_t)self->twin.made[i]);

		if (!lock || lock->created_by != self->ref || lock->alone || forgets_maker(lock))
			continue;
		if (!between_has(lock->ref))
			return true;
		between_made(lock->ref);
	}
	return false;
}

static bool is_same(const struct trace_node *a, const struct trace_node *b)
{
	return a->parent == b->parent && a->lock == b->lock && a->stack == b->stack &&
	       a->op == b->op;
}

uint32_t twins_in_turn(struct thread *thread, uint32_t node)
{
	struct twin *twin = &thread->twin;
	uint32_t at = 0;

	while (at < twin->inherited && twin->nodes[at] != node)
		at++;
	if (at == twin->inherited || twin->used >> at & 1)
		return node;
	if (twin->count > twin->inherited)
		return 0;
	/* Others before it did that in another order: there may be several. */
	for (at = twin->next; at < twin->inherited; at++) {
		if (!is_same(trace_at(twin->nodes[at]), trace_at(node)))
			continue;
		twin->used |= UINT64_C(1) << at;
		twin->next = at + 1;
		return twin->nodes[at];
	}
	return 0;
}

/* Whether the lock may yet pass to another record, and its nodes be made anew there (nesting.h). */
static bool may_pass(const struct trace_node *node)
{
	const struct trace_lock *record = trace_at(node->lock);
	const struct lock *lock = locks_find((void *)(uintptr_t)record->address);

	return lock && lock->ref == node->lock && lock->lives > 1;
}

static bool has_passing_locks(const struct thread *self)
{
	for (uint32_t i = 0; i < self->twin.count; i++) {
		const struct trace_node *node = trace_at(self->twin.nodes[i]);

		if (op_gives(node->op) || (!node->parent && op_kind(node->op) != TRACE_LOCK_rwlock))
			continue;
		for (; node; node = trace_at(node->parent)) {
			if (may_pass(node))
				return true;
		}
	}
	return false;
}

/* In its first epoch nodes have no other span. */
bool twins_may_have(const struct thread *self)
{
	const struct trace_thread *record = trace_at(self->ref);

	return !self->twin.excluded && self->epoch == self->twin.passes + self->twin.steps &&
	       !(self->twin.passes && self->twin.meets) && !self->late && record->creator &&
	       self->twin.stamp == stamp && !join_has_lock(self->ref) && !has_passing_locks(self) &&
	       !has_left_locks(self);
}

void twins_begin(const struct thread *creator, struct thread *child)
{
	child->twin = (struct twin){
		.unjoined = thread_depth(creator) > 0,
		.kin_then = creator->twin.kin,
		.came_with = brood_newest_joinable(creator->ref),
		.stamp = stamp,
	};
	child->newest = child->newest_epoch = child->last_made = child->came = 0;
}

void twins_watch_reset(void)
{
	inherited = (struct trace_cursor){NULL, 0};
}
