/* Owns the threads that were waited for, as locks, and the published wait of a join. */
#include "join.h"

#include "acquire.h"
#include "alone.h"
#include "cancel.h"
#include "cond_order.h"
#include "deadlock.h"
#include "families.h"
#include "guarded.h"
#include "modules.h"
#include "provisional.h"
#include "twins.h"

static struct address_map thread_locks; /* thread record -> lock record, and whether it is taken */
#define TAKEN (UINT64_C(1) << 32)

enum { MOST_LIMITED = 256 };
static unsigned
	limited; /* joins that were written down as limited; guarded by the recorder's lock */

static uint32_t write_lock(uint32_t thread_ref)
{
	const struct trace_thread *thread = trace_at(thread_ref);
	struct trace_lock *lock;

	lock = trace_alloc(&recorder_cursor, TRACE_TYPE_lock, sizeof(*lock));
	if (!lock)
		return 0;
	lock->address = TRACE_THREAD_ADDRESS(thread_ref);
	lock->kind = TRACE_LOCK_thread;
	lock->flags = TRACE_LOCK_INIT_SEEN;
	lock->created_stack = thread->created_stack;
	lock->created_by = thread->creator;
	lock->generation = modules_generation();
	trace_commit(&recorder_cursor, lock);
	return trace_ref(lock);
}

uint32_t join_lock_alike(uint32_t thread_ref)
{
	uint32_t lock = (uint32_t)address_map_get(&thread_locks, thread_ref);

	if (lock)
		return lock;
	lock = write_lock(thread_ref);
	if (lock)
		address_map_put(&thread_locks, thread_ref, lock);
	return lock;
}

void join_take_lock(uint32_t thread_ref)
{
	uint64_t lock = address_map_get(&thread_locks, thread_ref);

	if (lock)
		address_map_put(&thread_locks, thread_ref, lock | TAKEN);
}

uint32_t join_lock(uint32_t thread_ref)
{
	uint32_t lock = join_lock_alike(thread_ref);

	join_take_lock(thread_ref);
	return lock;
}

bool join_has_lock(uint32_t thread_ref)
{
	return address_map_get(&thread_locks, thread_ref) & TAKEN;
}

static bool waits(const struct join *join)
{
	return op_kind(join->act) == TRACE_LOCK_thread;
}

/*
 * Whether the join can take part in a circle of waits: the joiner holds something, or is waited for
 * itself. The first thread hardly ever is.
 */
static bool matters(const struct thread *self)
{
	const struct trace_thread *record = trace_at(self->ref);

	return thread_depth(self) || !(record->state & (TRACE_THREAD_MAIN | TRACE_THREAD_DETACHED));
}

/* The situation of a join inside a once that is alone: as if nothing were held. */
static bool note_alone(struct joining *joining, uint32_t place)
{
	struct thread *self = joining->self;
	struct trace_node *node = NULL;
	uint32_t lock;

	if (!alone_only(self) || self->annotated.depth)
		return false;
	lock = join_lock_alike(joining->ref);
	twins_begin_quiet(self, true);
	if (lock)
		node = tree_node(self, self->ref, 0, lock, place, joining->join.act);
	twins_end_quiet(self);
	if (!alone_join(self, joining->ref, node)) {
		twins_mark(self);
		return false;
	}
	joining->node = node;
	return true;
}

/* Under the recorder's lock. Returns the reference of the place; 0: not known. */
static uint32_t note_wait(struct joining *joining)
{
	const struct join *join = &joining->join;
	uint32_t place, lock;

	place = stacks_ref(stacks_at(joining->self, join->site, join->frame));
	if (!matters(joining->self) || note_alone(joining, place))
		return place;
	lock = join_lock(joining->ref);
	if (lock)
		joining->node = tree_situation_of(joining->self, lock, place, join->act);
	return place;
}

static void publish(struct joining *joining, uint32_t place)
{
	const struct join *join = &joining->join;
	const struct wanted wanted = {
		.object = TRACE_THREAD_ADDRESS(joining->ref),
		.op = join->act,
		.stack = place,
	};

	wait_enter(joining->self, join->frame, &joining->outer);
	joining->begun = wait_publish(joining->self, &wanted, join->site, join->frame);
	deadlock_look(joining->self);
}

/* Whether the call will wait. To join itself is refused at once (glibc: EDEADLK). */
static bool will_wait(const struct joining *joining)
{
	return joining->ref && joining->ref != joining->self->ref && waits(&joining->join);
}

struct joining join_begin(struct join join)
{
	struct joining joining = {.self = thread_self(), .join = join};
	uint32_t place = 0;
	struct slow slow;

	if (!joining.self || joining.self->busy) {
		joining.self = NULL;
		return joining;
	}
	if (waits(&join))
		cancel_note(joining.self);
	tree_shed(joining.self);
	provisional_settle(joining.self, NULL);
	slow_begin(&slow, joining.self);
	joining.ref = threads_behind(join.handle);
	thread_check_join(joining.self, &join, joining.ref);
	if (will_wait(&joining)) {
		place = note_wait(&joining);
		deadlock_await(joining.ref);
	}
	slow_end(&slow);
	if (will_wait(&joining)) {
		tree_count(joining.self, joining.node);
		publish(&joining, place);
	}
	return joining;
}

void join_waited(void *argument)
{
	struct joining *joining = argument;
	struct thread *self = joining->self;
	uint64_t waited;

	if (!self || !joining->begun)
		return;
	waited = wait_end(self, joining->begun);
	wait_leave(self, &joining->outer);
	/* To wait for a thread with nothing held keeps nobody out: it is no contention. */
	tree_waited(self, thread_depth(self) ? joining->node : NULL, waited);
}

/* Who joins with a time limit, again and again, and holds on to what it holds. */
static void note_outcome(const struct joining *joining, int result)
{
	const struct acquire acquire = {
		.lock = (const void *)(uintptr_t)TRACE_THREAD_ADDRESS(joining->ref),
		.site = joining->join.site,
		.frame = joining->join.frame,
		.op = joining->join.act,
	};

	if (result == ETIMEDOUT)
		again_refused(joining->self, &acquire);
	else
		again_got(joining->self, acquire.lock, acquire.op);
}

/* After thread_joined. Those after the first ones order like any other. */
static void note_limited(const struct joining *joining)
{
	const struct join *join = &joining->join;
	struct trace_limited_join *record;
	uint32_t stack;

	if (!join->limited || limited == MOST_LIMITED)
		return;
	stack = stacks_ref(stacks_at(joining->self, join->site, join->frame));
	record = stack ? trace_alloc(&recorder_cursor, TRACE_TYPE_limited_join, sizeof(*record))
		       : NULL;
	if (!record)
		return;
	limited++;
	record->thread = joining->ref;
	record->join_epoch = joining->self->epoch + 1;
	record->stack = stack;
	trace_commit(&recorder_cursor, record);
}

int join_end(const struct joining *joining, int result)
{
	struct thread *self = joining->self;
	bool detaches = join_detaches(&joining->join), alike = false;
	struct slow slow;

	if (self && joining->node)
		note_outcome(joining, result);
	if (result || !self || !joining->ref)
		return result;
	slow_begin(&slow, self);
	if (detaches)
		thread_detached(joining->join.handle, joining->ref);
	else
		thread_joined(self, joining->join.handle, joining->ref);
	note_limited(joining);
	if (!detaches)
		guarded_joined(self, joining->ref);
	thread_let_go(self, &joining->join, joining->ref);
	if (detaches)
		twins_settled(joining->ref, joining->join.handle);
	else
		alike = twins_joined(self, joining->ref, joining->join.handle, joining->node);
	slow_end(&slow);
	if (!detaches) {
		tree_next_epoch_of_thread(self, alike);
		cond_let_go(self);
	}
	return 0;
}

void join_reset(void)
{
	address_map_free(&thread_locks);
	limited = 0;
}
