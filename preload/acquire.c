/* Owns the published wait, what a thread is about to block on, and the end of a usual acquisition.
 */
#include "acquire.h"

#include "deadlock.h"
#include "families.h"
#include "handlers.h"
#include "provisional.h"

/* A semaphore that it took for this wait, on a record that others had (provisional.h). */
static bool waits_for_own(const struct thread *self, const struct acquire *acquire)
{
	return thread_depth(self) && self->top->lock == (uintptr_t)acquire->lock &&
	       provisional_is(self->top);
}

/* The situation, whatever the life of that semaphore: each has one wait. */
static uint64_t own_key(const struct thread *self, const struct acquire *acquire)
{
	return ((uint64_t)self->top->node << 16 | acquire->op) * LOCK_HASH_FACTOR +
	       (uintptr_t)acquire->site * TREE_SITE_FACTOR +
	       (uintptr_t)acquire->frame * TREE_FRAME_FACTOR;
}

static uint32_t note_place(struct thread *self, const struct acquire *acquire,
			   struct waiting_place *known, uint64_t key)
{
	struct stack *place;
	struct slow slow;

	slow_begin(&slow, self);
	place = stacks_of(self, acquire);
	stacks_ref(place);
	*known = (struct waiting_place){key, place};
	/* Whoever reads the trace is to know the lock, if it is never got; also in other processes.
	 */
	locks_ref(self, acquire->lock, acquire->op, place);
	slow_end(&slow);
	return place ? place->ref : 0;
}

/* Where it is waited, as a stack reference. Its first time is before its situation has a node. */
static uint32_t place_of(struct thread *self, const struct acquire *acquire)
{
	bool own = waits_for_own(self, acquire);
	uint64_t key = own ? own_key(self, acquire) : tree_situation_key(self, acquire);
	const struct trace_slot *slot = own ? NULL : table_find(self, key);
	const struct trace_node *node = slot ? trace_at(slot->node) : NULL;
	struct waiting_place *known = &self->places[key >> (64 - THREAD_PLACES_BITS)];
	struct stack *place = known->stack;

	if (node || self->busy)
		return node ? node->stack : 0;
	/* Asked second: a handler may have waited in between. */
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	if (known->key == key && place && (!own || stacks_same(place, acquire->frame, UINT64_MAX)))
		return place->ref;
	return note_place(self, acquire, known, key);
}

uint64_t wait_publish(struct thread *self, const struct wanted *wanted, const void *site,
		      const void *frame)
{
	struct trace_held *held = self->held;
	uint64_t now = ticks_now();

	provisional_settle(self, (const void *)wanted->object);
	/* Something that the unwinder wanted. */
	held->want = 0;
	held->want_op = wanted->op;
	held->want_stack = wanted->stack;
	held->want_mutex = wanted->mutex;
	self->wait_frame = (uintptr_t)frame;
	self->wait_site = (uintptr_t)site;
	held->want_since = now;
	/* The object comes last: with it the wait is there as a whole. */
	__atomic_store_n(&held->want, wanted->object, __ATOMIC_RELEASE);
	return now;
}

uint64_t wait_begin(struct thread *self, const struct acquire *acquire)
{
	uint64_t begun;

	if (unlikely(self->handler_count && thread_depth(self)))
		handlers_before_wait(self, acquire);
	begun = wait_publish(self,
			     &(struct wanted){
				     .object = (uintptr_t)acquire->lock,
				     .op = acquire->op,
				     .stack = place_of(self, acquire),
			     },
			     acquire->site, acquire->frame);
	deadlock_look(self);
	return begun;
}

/* That others may signal it must be known while it is waited for. */
static void note_shared(struct thread *self, const struct acquire *again, uint16_t op,
			const void *cond)
{
	struct slow slow;

	if (self->busy || !(lock_flags(op, cond) & TRACE_LOCK_SHARED))
		return;
	slow_begin(&slow, self);
	locks_ref(self, cond, op, stacks_at(self, again->site, again->frame));
	slow_end(&slow);
}

uint64_t wait_begin_cond(struct thread *self, const struct acquire *again, uint16_t op,
			 const void *cond)
{
	note_shared(self, again, op, cond);
	return wait_publish(self,
			    &(struct wanted){
				    .object = (uintptr_t)cond,
				    .mutex = (uintptr_t)again->lock,
				    .op = op,
				    .stack = place_of(self, again),
			    },
			    again->site, again->frame);
}

uint64_t wait_end(struct thread *self, uint64_t begun)
{
	uint64_t ticks = ticks_now() - begun;

	self->held->want_since = 0;
	self->held->want_mutex = 0;
	return ticks ? ticks : 1;
}

/* Whether the waiting call has not returned: it lies further out, and its return address where it
 * was. On another stack, as a handler's own, only that can be asked. */
static bool goes_on(const struct thread *self, uint64_t frame)
{
	const uint64_t *returns = (const uint64_t *)(self->wait_frame + sizeof(void *));

	if (frame >= self->stack_low && frame < self->stack_high && frame >= self->wait_frame)
		return false;
	return sys_readable(returns) && *returns == self->wait_site;
}

void wait_put_aside(struct thread *self, const void *frame, struct outer_wait *outer)
{
	struct trace_held *held = self->held;

	if (goes_on(self, (uintptr_t)frame))
		*outer = (struct outer_wait){
			.want = held->want,
			.since = held->want_since,
			.mutex = held->want_mutex,
			.op = held->want_op,
			.stack = held->want_stack,
			.frame = self->wait_frame,
			.site = self->wait_site,
		};
	held->want_since = 0;
	held->want_mutex = 0;
}

void wait_take_back(struct thread *self, const struct outer_wait *outer)
{
	struct trace_held *held = self->held;

	self->wait_frame = outer->frame;
	self->wait_site = outer->site;
	held->want_op = outer->op;
	held->want_stack = outer->stack;
	held->want_mutex = outer->mutex;
	held->want_since = outer->since;
	__atomic_store_n(&held->want, outer->want, __ATOMIC_RELEASE);
}

static __attribute__((noinline)) int acquired_slowly(struct thread *self, const void *lock,
						     const void *site, const void *frame,
						     uint16_t op)
{
	const struct acquire acquire = {lock, site, frame, op};

	tree_acquire(self, &acquire, 0);
	return 0;
}

OFTEN int acquired(struct thread *self, const void *lock, const void *site, const void *frame,
		   uint16_t op)
{
	if (likely(tree_acquire_quick(self, lock, site, frame, op)))
		return 0;
	return acquired_slowly(self, lock, site, frame, op);
}
