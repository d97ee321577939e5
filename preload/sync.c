/* Owns events and tallies. */
#include "sync.h"

#include "between.h"
#include "cond_order.h"
#include "handlers.h"
#include "meetings.h"
#include "nesting.h"
#include "news.h"
#include "provisional.h"
#include "twins.h"
#include "unordered.h"

enum {
	MOST_OF_THREAD = 1 << 13,
	MOST_OF_ALL = 1 << 16,
	MOST_OBJECTS = 1 << 12,
	MOST_LIVES = 64,	/* objects made at one place */
	MOST_LATCHES = 1 << 12, /* that are not among these (latch.h) */
};

/* Under the recorder's lock. */
static uint32_t all_events, all_objects, all_latches; /* all_events: records */
static uint32_t last_number;
static struct address_map places; /* stack -> objects with events that were made there */

static bool releases(uint16_t kind)
{
	return kind == TRACE_EVENT_posted || kind == TRACE_EVENT_arrived ||
	       kind == TRACE_EVENT_signalled || kind == TRACE_EVENT_before ||
	       kind == TRACE_EVENT_opened || kind == TRACE_EVENT_unawaited;
}

/* Whether anything could be said of it at all. */
static bool can_order(const struct sync *sync, const struct lock *lock)
{
	if (sync->shared || lock->opened)
		return false;
	if (lock->amount == LOCK_UNCOUNTED)
		return false;
	if (sync->lock == TRACE_LOCK_semaphore || sync->lock == TRACE_LOCK_barrier)
		return lock->init_seen && lock->amount;
	return true;
}

static bool place_is_full(const struct lock *lock)
{
	uint64_t place = (uintptr_t)lock->created | 1, made = address_map_get(&places, place);

	if (made >= MOST_LIVES)
		return true;
	address_map_put(&places, place, made + 1);
	return false;
}

static void leave_uncounted(struct lock *lock)
{
	struct trace_lock *record = trace_at(lock->ref);

	if (lock->amount != LOCK_UNCOUNTED && !lock->missed)
		unordered_object();
	lock->amount = LOCK_UNCOUNTED;
	if (record)
		record->flags |= TRACE_LOCK_UNCOUNTED;
}

static bool is_one_too_many(const struct sync *sync, const struct lock *lock)
{
	if (sync->kind == TRACE_EVENT_opened)
		return all_latches >= MOST_LATCHES;
	return all_objects >= MOST_OBJECTS || place_is_full(lock);
}

void sync_expect(const void *object)
{
	struct lock *lock = locks_find(object);
	uint64_t place = lock ? (uintptr_t)lock->created | 1 : 0;

	if (!lock || lock->counted || address_map_get(&places, place) < MOST_LIVES)
		return;
	leave_uncounted(lock);
	locks_find_role(object);
}

/* The first event of an object gets it a record of its own. False: it is to have none. */
static bool admit(struct thread *self, const struct sync *sync, struct lock *lock,
		  struct stack *stack)
{
	if (lock->counted)
		return lock->amount != LOCK_UNCOUNTED;
	if (!can_order(sync, lock))
		return false;
	if (self->late || is_one_too_many(sync, lock) ||
	    !locks_ref_any(self, sync->object, sync->lock, 0, stack)) {
		leave_uncounted(lock);
		return false;
	}
	if (lock->lives > 1)
		nesting_renew(lock);
	if (lock->lives > 1) {
		leave_uncounted(lock);
		return false;
	}
	if (sync->kind == TRACE_EVENT_opened)
		all_latches++;
	else
		all_objects++;
	lock->counted = true;
	if (sync->lock == TRACE_LOCK_semaphore)
		locks_find_role(sync->object);
	return true;
}

bool sync_admit(struct thread *self, const struct sync *sync, struct stack *stack)
{
	struct lock *lock = locks_find(sync->object);

	return lock && admit(self, sync, lock, stack);
}

/* A signal, of glibc's conditions. */
static bool lets_one_go(const struct sync *sync)
{
	return sync->kind == TRACE_EVENT_signalled &&
	       (sync->act == TRACE_ACT_cond_signal || sync->act == TRACE_ACT_cnd_signal);
}

static struct trace_tally *new_tally(struct thread *self, const struct sync *sync,
				     const struct lock *lock)
{
	struct trace_tally *tally;

	if (self->late || self->tallies.used >= SYNC_MOST_KNOWN)
		return NULL;
	meetings_admit(self, lock->ref);
	tally = meetings_tally();
	if (!tally)
		return NULL;
	tally->thread = self->ref;
	tally->lock = lock->ref;
	tally->count = tally->amount = 0;
	if (sync->lock == TRACE_LOCK_semaphore || sync->lock == TRACE_LOCK_barrier)
		tally->amount = lock->amount;
	tally->flags = lets_one_go(sync) ? TRACE_TALLY_ONE_EACH : 0;
	meetings_wrote_tally(self, tally, sync->kind);
	return tally;
}

/* Even, as the keys of sync_key are not: what was called so once stays so. */
static uint64_t tally_key(uint32_t lock, uint16_t kind)
{
	return ((uint64_t)lock << 8 | kind) << 1;
}

/* NULL: it is not to be counted any more. */
static struct trace_tally *find_tally(struct thread *self, const struct sync *sync,
				      struct stack *stack)
{
	struct lock *lock = locks_live(self, sync->object, sync->lock, stack);
	struct trace_tally *tally;
	uint64_t key;

	if (!lock || !admit(self, sync, lock, stack))
		return NULL;
	key = tally_key(lock->ref, sync->kind);
	tally = (struct trace_tally *)(uintptr_t)address_map_get(&self->tallies, key);
	if (tally)
		return tally;
	tally = new_tally(self, sync, lock);
	if (tally && address_map_put(&self->tallies, key, (uintptr_t)tally))
		return tally;
	leave_uncounted(lock);
	return NULL;
}

static bool may_write(const struct thread *self)
{
	return self->events < MOST_OF_THREAD && all_events < MOST_OF_ALL &&
	       last_number < UINT32_MAX;
}

static bool count(struct thread *self, const struct sync *sync, struct trace_tally *tally)
{
	if (tally->flags & TRACE_TALLY_MORE)
		return false;
	if (tally->count >= SYNC_MOST_EVENTS || !may_write(self)) {
		tally->flags |= TRACE_TALLY_MORE;
		if (meetings_only_begin(tally->lock))
			leave_uncounted(locks_find(sync->object));
		return false;
	}
	if (!lets_one_go(sync))
		tally->flags &= ~TRACE_TALLY_ONE_EACH;
	tally->count++;
	self->twin.counted++;
	meetings_count(self, tally);
	if (sync->kind == TRACE_EVENT_signalled)
		news_count(tally->lock, tally->count);
	return true;
}

/* False: no space. */
static bool write_event(struct thread *self, const struct sync *sync,
			const struct trace_tally *tally, uint32_t stack)
{
	struct trace_event *event;
	bool again;

	provisional_settle_inside(self);
	event = meetings_event(&again);
	if (!event)
		return false;
	all_events += !again;
	event->thread = self->ref;
	event->lock = tally->lock;
	event->act = sync->act;
	event->index = tally->count;
	event->epoch = releases(sync->kind) ? self->epoch : self->epoch + 1;
	event->node = sync->node;
	if (!sync->node && thread_depth(self))
		event->node = self->top->node;
	between_named(self->ref, trace_at(event->node));
	event->stack = stack;
	event->number = ++last_number;
	meetings_wrote_event(self, event, sync->kind);
	self->events++;
	if (sync->kind == TRACE_EVENT_signalled)
		news_begin(sync->node, tally->lock);
	else if (sync->kind == TRACE_EVENT_unawaited)
		news_begin_inside(sync->node, tally->lock);
	return true;
}

/* Of one of which no mutex is known. False: nothing is known of where, or no space. */
static bool write_unawaited(struct thread *self, const struct sync *sync,
			    const struct trace_tally *tally, uint32_t stack)
{
	struct sync unawaited = *sync;

	unawaited.kind = TRACE_EVENT_unawaited;
	return sync->node && write_event(self, &unawaited, tally, stack);
}

void sync_came(struct thread *self)
{
	const uint32_t ref = self->came;
	const struct trace_node *node = trace_at(ref);
	const struct sync came = {.kind = TRACE_EVENT_came_to, .act = node->op, .node = ref};
	struct trace_tally news = {.count = TRACE_EVENT_PLACE(self->top->lock)};
	bool written = false;
	struct slow slow;

	self->came = 0;
	if (self->late)
		return;
	slow_begin(&slow, self);
	if (may_write(self))
		news.lock = news_have_come(node);
	if (news.lock)
		written = write_event(self, &came, &news, node->stack);
	else if (news_are_over(node))
		self->told = (const void *)(uintptr_t)self->top->lock;
	slow_end(&slow);
	if (written)
		tree_next_epoch(self);
}

/* It had to wait, and nothing will tell who let it go on. Once is enough. */
static bool mark_blind(struct thread *self)
{
	struct trace_blind *blind;

	if (self->blind)
		return false;
	blind = twins_blind(self);
	if (!blind) {
		blind = trace_alloc(&recorder_cursor, TRACE_TYPE_blind, sizeof(*blind));
		if (!blind)
			return false;
		blind->thread = self->ref;
		blind->epoch = self->epoch + 1;
		trace_commit(&recorder_cursor, blind);
		twins_blinded(self, blind);
	}
	self->blind = true;
	return true;
}

/* By which it holds a lock, or held the last one that it gave back; 0: none. */
static uint32_t last_section(const struct thread *self)
{
	const struct trace_held_entry *next = self->top + 1;
	const struct trace_node *node;

	if (thread_depth(self))
		return self->top->node;
	/* What was given back leaves its node behind. */
	node = next < self->entries + self->capacity ? trace_at(next->node) : NULL;
	return node && !node->parent ? next->node : 0;
}

/*
 * What it held when it signalled a condition that no mutex is known of. When that is nothing, it
 * may have made true what is waited for under the lock that it had last.
 */
static void note_signal(struct thread *self)
{
	struct trace_signal *signal = trace_at(self->signal);
	uint32_t section;

	provisional_settle_inside(self);
	section = last_section(self);
	if (!section)
		return;
	between_named(self->ref, trace_at(section));
	if (!signal || signal->node != section)
		signal = twins_signal(self, section);
	if (!signal) {
		signal = trace_alloc(&recorder_cursor, TRACE_TYPE_signal, sizeof(*signal));
		if (!signal)
			return;
		signal->node = section;
		signal->epoch = self->epoch;
		trace_commit(&recorder_cursor, signal);
		twins_signalled(self, signal);
	}
	self->signal = trace_ref(signal);
	if (signal->epoch != self->epoch)
		twins_mark(self);
	signal->epoch = self->epoch;
}

void sync_blind(struct thread *self)
{
	struct slow slow;
	bool written;

	if (self->blind || self->busy)
		return;
	slow_begin(&slow, self);
	written = mark_blind(self);
	slow_end(&slow);
	if (written)
		tree_next_epoch(self);
}

void sync_lose(struct thread *self, const void *object)
{
	struct lock *lock;
	struct slow slow;

	slow_begin(&slow, self);
	lock = locks_find(object);
	if (lock)
		leave_uncounted(lock);
	slow_end(&slow);
	if (!lock)
		thread_nested(self);
}

void sync_uncount(struct thread *self, const struct trace_event *event)
{
	const uint64_t key = tally_key(event->lock, event->kind);

	((struct trace_tally *)(uintptr_t)address_map_get(&self->tallies, key))->count--;
	self->events--;
}

void sync_count_taken(struct thread *self, const void *semaphore)
{
	const struct sync sync = {
		.object = semaphore,
		.kind = TRACE_EVENT_taken,
		.lock = TRACE_LOCK_semaphore,
		.act = TRACE_OP_sem_wait,
	};
	struct trace_tally *tally;
	struct slow slow;

	slow_begin(&slow, self);
	tally = find_tally(self, &sync, NULL);
	if (tally)
		count(self, &sync, tally);
	slow_end(&slow);
}

/*
 * Of a release that a signal handler makes: its thread comes to it whatever it was about to do, so
 * what it did before in its own code says nothing of when.
 */
static bool is_handlers(const struct sync *sync, const struct stack *stack)
{
	if (!handlers_any || !releases(sync->kind) || sync->lock == TRACE_LOCK_custom)
		return false;
	/* A handler whose last act it is may have left nothing on the stack. */
	return !stack || stack->flags & (TRACE_STACK_HANDLER | TRACE_STACK_SITE_ONLY);
}

/*
 * Whether the thread signals a condition as so many have before it that nothing is ordered by it,
 * and may be another one's twin (twins.h): then it has neither tally nor event.
 */
static bool is_one_of_many(struct thread *self, const struct sync *sync, const struct stack *stack)
{
	const bool signals = sync->kind == TRACE_EVENT_signalled;
	const struct lock *lock = signals ? locks_find(sync->object) : NULL;
	struct trace_lock *record = lock ? trace_at(lock->ref) : NULL;

	if (!record || !lock->counted || lock->kind != TRACE_LOCK_condition ||
	    lock->amount == LOCK_UNCOUNTED || meetings_is_relied_on(lock->ref) ||
	    !news_are_too_many(lock->ref, SYNC_MOST_EVENTS) ||
	    address_map_get(&self->tallies, tally_key(lock->ref, sync->kind)) ||
	    is_handlers(sync, stack) || !twins_may_signal(self))
		return false;
	record->flags |= TRACE_LOCK_UNCOUNTED;
	return true;
}

void sync_note_slowly(struct thread *self, const struct sync *sync)
{
	struct trace_tally *tally;
	struct stack *stack;
	bool written = false;
	struct slow slow;
	uint64_t key;

	self = self ? self : thread_self();
	if (!self)
		return;
	/* In a handler that interrupted this thread's fast path: its epoch cannot end now. */
	if (unlikely(self->busy == THREAD_FAST)) {
		sync_lose(self, sync->object);
		return;
	}
	key = sync_key(sync->object, sync->kind, sync_keeps(self, sync->kind));
	if (sync_was_closed(self, key))
		return;
	slow_begin(&slow, self);
	stack = sync->lock == TRACE_LOCK_semaphore ? stacks_at_lock(self, sync->site, sync->frame)
						   : stacks_at(self, sync->site, sync->frame);
	if (is_one_of_many(self, sync, stack)) {
		note_signal(self);
		slow_end(&slow);
		return;
	}
	tally = find_tally(self, sync, stack);
	if (tally && is_handlers(sync, stack)) {
		leave_uncounted(locks_find(sync->object));
		tally = NULL;
	}
	if (!tally || !count(self, sync, tally)) {
		if (sync->lock == TRACE_LOCK_semaphore)
			locks_find_role(sync->object);
		if (tally)
			sync_missed(self, sync->object, sync->kind);
		sync_close(self, key, sync->object);
		written = !releases(sync->kind) && sync->kind != TRACE_EVENT_through &&
			  mark_blind(self);
	} else if (!sync->vague) {
		written = write_event(self, sync, tally, stacks_ref(stack));
		sync_written(self, sync->object, sync->kind);
	} else if (sync->kind == TRACE_EVENT_signalled) {
		note_signal(self);
		written = write_unawaited(self, sync, tally, stacks_ref(stack));
	}
	slow_end(&slow);
	if (!written)
		return;
	tree_next_epoch(self);
	if (!releases(sync->kind))
		cond_let_go(self);
}

void sync_reset(void)
{
	all_events = all_objects = all_latches = last_number = 0;
	address_map_clear(&places);
	news_reset();
}
