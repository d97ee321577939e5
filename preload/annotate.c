/*
 * The annotations of gordian/annotate.h. An annotated lock goes by its address with LOCK_ANNOTATED,
 * so that it can share the address of another lock.
 *
 * An ignored region makes every acquisition of its thread take the slow path, as if its hold were
 * to be timed; only there (tree.c) is the region looked at. So the fast path knows nothing of
 * regions.
 */
#include "annotations.h"

#include "acquire.h"
#include "address_map.h"
#include "sync.h"

/* Places and objects that are kept apart; beyond, objects are not. */
enum { MAX_SYNCS = 1 << 16 };

static struct address_map syncs; /* what is said where of which object -> record */

static const void *identity(const volatile void *lock)
{
	return (const void *)((uintptr_t)lock | LOCK_ANNOTATED);
}

/* The calling thread, unless it interrupted the recorder. */
static struct thread *idle_self(void)
{
	struct thread *self = thread_self();

	return self && !self->busy ? self : NULL;
}

void annotation_created(const volatile void *lock, const void *site, const void *frame)
{
	struct thread *self = idle_self();
	struct slow slow;

	if (!self)
		return;
	slow_begin(&slow, self);
	locks_init(self, identity(lock), TRACE_LOCK_custom, stacks_at(self, site, frame));
	slow_end(&slow);
}

void annotation_destroyed(const volatile void *lock)
{
	struct thread *self = idle_self();
	struct slow slow;

	if (!self)
		return;
	slow_begin(&slow, self);
	locks_destroy(identity(lock));
	slow_end(&slow);
}

static uint16_t op_of(unsigned how)
{
	static const uint16_t ops[] = {
		[GORDIAN_EXCLUSIVE] = TRACE_OP_custom,
		[GORDIAN_SHARED] = TRACE_OP_custom_shared,
		[GORDIAN_TRY] = TRACE_OP_custom_try,
		[GORDIAN_TRY | GORDIAN_SHARED] = TRACE_OP_custom_try_shared,
		[GORDIAN_TIMED] = TRACE_OP_custom_timed,
		[GORDIAN_TIMED | GORDIAN_SHARED] = TRACE_OP_custom_timed_shared,
		/* It tries, whatever else. */
		[GORDIAN_TIMED | GORDIAN_TRY] = TRACE_OP_custom_try,
		[GORDIAN_TIMED | GORDIAN_TRY | GORDIAN_SHARED] = TRACE_OP_custom_try_shared,
	};

	return ops[how % (sizeof(ops) / sizeof(ops[0]))];
}

void annotation_acquire(const volatile void *lock)
{
	struct thread *self = idle_self();

	if (self && !self->held->want_since)
		self->held->want = (uintptr_t)identity(lock);
}

/* What is published may be another wait, of a call that this one interrupted. */
static void end_wait(struct thread *self)
{
	struct annotated *annotated = &self->annotated;

	if (annotated->waited_lock && self->held->want == annotated->waited_lock) {
		wait_end(self, annotated->waited_since);
		wait_leave(self, &annotated->interrupted);
	}
	annotated->waited_lock = 0;
	annotated->interrupted.since = 0;
	if (!self->held->want_since)
		self->held->want = 0;
}

static void not_acquired(void)
{
	struct thread *self = idle_self();

	if (self)
		end_wait(self);
}

void annotation_acquired(const volatile void *lock, unsigned how, const void *site,
			 const void *frame)
{
	const struct acquire acquire = {identity(lock), site, frame, op_of(how)};
	struct thread *self = thread_self();
	uint64_t waited = 0;

	if (!self)
		return;
	if (unlikely(self->annotated.waited_lock)) {
		if (self->annotated.waited_lock == (uintptr_t)acquire.lock)
			waited = (ticks_now() - self->annotated.waited_since) | 1;
		end_wait(self);
	}
	if (waited || !tree_acquire_quick(self, acquire.lock, site, frame, acquire.op))
		tree_acquire(self, &acquire, waited);
}

void annotation_release(const volatile void *lock)
{
	struct thread *self = thread_self();

	if (self && !tree_release_top(self, identity(lock)))
		tree_release(self, identity(lock));
}

static void label(const volatile void *lock, const struct label_change *change)
{
	struct thread *self = idle_self();
	struct slow slow;

	if (!self)
		return;
	slow_begin(&slow, self);
	locks_label(self, (const void *)(uintptr_t)lock, change);
	slow_end(&slow);
}

/* Under the recorder's lock. NULL: no space. */
static struct trace_sync *find_sync(struct thread *self, uint64_t object, bool after,
				    struct stack *stack)
{
	uint32_t stack_ref = stacks_ref(stack);
	uint64_t place = (uint64_t)self->ref << 32 | stack_ref;
	uint64_t key;
	struct trace_sync *record;

	if (syncs.used >= MAX_SYNCS)
		object = 0;
	key = tree_key(object * LOCK_HASH_FACTOR, place * TREE_SITE_FACTOR + after);
	record = (struct trace_sync *)(uintptr_t)address_map_get(&syncs, key);
	if (record)
		return record;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_sync, sizeof(*record));
	if (!record)
		return NULL;
	record->thread = self->ref;
	record->stack = stack_ref;
	record->object = object;
	record->after = after;
	record->first_epoch = record->last_epoch = self->epoch;
	trace_commit(&recorder_cursor, record);
	address_map_put(&syncs, key, (uintptr_t)record);
	return record;
}

void annotation_sync(const volatile void *object, bool after, const void *site, const void *frame)
{
	struct thread *self = idle_self();
	struct trace_sync *record;
	struct slow slow;

	if (!self)
		return;
	slow_begin(&slow, self);
	record = find_sync(self, (uintptr_t)object, after, stacks_at(self, site, frame));
	if (record) {
		record->last_epoch = self->epoch;
		record->count++;
	}
	slow_end(&slow);
	sync_note(self, &(struct sync){
				.object = identity(object),
				.site = site,
				.frame = frame,
				.kind = after ? TRACE_EVENT_after : TRACE_EVENT_before,
				.lock = TRACE_LOCK_custom,
				.act = after ? TRACE_ACT_happens_after : TRACE_ACT_happens_before,
			});
}

void annotations_reset(void)
{
	for (size_t i = 0; i < syncs.count; i++)
		syncs.slots[i] = (struct address_slot){0};
	syncs.used = 0;
}

static void make_ignored(struct thread *self)
{
	struct trace_ignored *record;
	struct slow slow;

	slow_begin(&slow, self);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_ignored, sizeof(*record));
	if (record) {
		record->thread = self->ref;
		trace_commit(&recorder_cursor, record);
		self->annotated.ignored = record;
	}
	slow_end(&slow);
}

#define HERE __builtin_return_address(0), __builtin_frame_address(0)

EXPORT(gordian_created)
void gordian_created(const volatile void *lock)
{
	annotation_created(lock, HERE);
}

EXPORT(gordian_destroyed)
void gordian_destroyed(const volatile void *lock)
{
	annotation_destroyed(lock);
}

EXPORT(gordian_acquire)
void gordian_acquire(const volatile void *lock, unsigned how)
{
	(void)how;
	annotation_acquire(lock);
}

EXPORT(gordian_wait)
void gordian_wait(const volatile void *lock, unsigned how)
{
	struct thread *self = idle_self();
	const struct acquire acquire = {identity(lock), HERE, op_of(how)};

	if (!self)
		return;
	wait_enter(self, acquire.frame, &self->annotated.interrupted);
	self->annotated.waited_since = wait_begin(self, &acquire);
	self->annotated.waited_lock = (uintptr_t)acquire.lock;
}

EXPORT(gordian_not_acquired)
void gordian_not_acquired(const volatile void *lock)
{
	(void)lock;
	not_acquired();
}

EXPORT(gordian_acquired)
void gordian_acquired(const volatile void *lock, unsigned how)
{
	annotation_acquired(lock, how, HERE);
}

EXPORT(gordian_release)
void gordian_release(const volatile void *lock)
{
	annotation_release(lock);
}

EXPORT(gordian_name)
void gordian_name(const volatile void *lock, const char *name)
{
	label(lock, &(struct label_change){.name = name});
}

EXPORT(gordian_order_class)
void gordian_order_class(const volatile void *lock, const char *name, int level)
{
	label(lock, &(struct label_change){.class = name ? name : "", .level = level});
}

EXPORT(gordian_ignore_begin)
void gordian_ignore_begin(void)
{
	struct thread *self = idle_self();

	if (!self)
		return;
	if (!self->annotated.ignored)
		make_ignored(self);
	if (self->annotated.depth++ == 0) {
		self->annotated.hold_mask = self->hold_mask;
		self->hold_mask = 0;
	}
	if (self->annotated.ignored)
		self->annotated.ignored->regions++;
}

EXPORT(gordian_ignore_end)
void gordian_ignore_end(void)
{
	struct thread *self = idle_self();

	/* In the child of a fork within a region there is none. */
	if (!self || !self->annotated.depth)
		return;
	if (--self->annotated.depth == 0)
		self->hold_mask = self->annotated.hold_mask;
}

EXPORT(gordian_happens_before)
void gordian_happens_before(const volatile void *object)
{
	annotation_sync(object, false, HERE);
}

EXPORT(gordian_happens_after)
void gordian_happens_after(const volatile void *object)
{
	annotation_sync(object, true, HERE);
}
