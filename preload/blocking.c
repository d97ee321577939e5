/* Owns what is noted about calls that blocked under a lock. */
#include "blocking.h"

#include "misuse.h"
#include "options.h"
#include "provisional.h"
#include "system.h"

/* Ticks of the slowest cycle counter: below that many the clock need not be asked. */
enum { SLOWEST_PER_MS = 10000 };

struct blocking blocking_begin(struct thread *self)
{
	struct blocking blocking = {0};

	/* Not for what the recorder itself does, nor in a handler that interrupted it. */
	if (!self || self->busy || !options.blocking)
		return blocking;
	blocking.depth = thread_depth(self);
	if (!blocking.depth)
		return blocking;
	blocking.self = self;
	blocking.since = ticks_now();
	return blocking;
}

/* By what the two clocks have shown since the recording began. */
static uint64_t ticks_to_ns(uint64_t ticks)
{
	const struct trace_header *header = trace_header;
	uint64_t all = ticks_now() - header->ticks[0];

	return (uint64_t)((double)ticks / (double)(all ? all : 1) *
			  (double)(sys_clock_ns(CLOCK_MONOTONIC) - header->mono_ns[0]));
}

/* A lock on a file is there to be held while the file is read and written. */
static bool may_be_held(uint32_t kind)
{
	return kind == TRACE_LOCK_file || kind == TRACE_LOCK_thread;
}

static void note(struct thread *self, const struct trace_node *node, struct misuse misuse,
		 uint64_t ns)
{
	const struct trace_lock *lock = trace_at(node->lock);
	struct trace_misuse *record;

	if (may_be_held(lock->kind))
		return;
	misuse.lock = (void *)(uintptr_t)lock->address;
	misuse.lock_ref = node->lock;
	misuse.other_act = node->op;
	misuse.other_stack = node->stack;
	record = misuse_record(self, &misuse);
	if (!record)
		return;
	record->value += ns;
	if (ns > record->most)
		record->most = ns;
}

void blocking_end(const struct blocking *blocking, uint16_t act, const void *site,
		  const void *frame)
{
	struct thread *self = blocking->self;
	struct misuse misuse = {
		.rule = TRACE_MISUSE_blocking_under_lock,
		.act = act,
		.site = site,
		.frame = frame,
	};
	uint64_t ticks, ns;
	struct slow slow;

	if (!self)
		return;
	ticks = ticks_now() - blocking->since;
	/* A child of fork goes on without what its parent's thread was. */
	if (ticks < options.blocking * SLOWEST_PER_MS || self != current_thread)
		return;
	ns = ticks_to_ns(ticks);
	if (ns <= options.blocking * 1000000)
		return;
	misuse.other_thread = self->ref;
	slow_begin(&slow, self);
	provisional_settle_inside(self);
	for (uint32_t i = 0; i < blocking->depth && i < thread_depth(self); i++) {
		const struct trace_held_entry *entry = &self->entries[i];
		const struct trace_node *node = trace_at(entry->node);

		if (node && entry->lock != TRACE_HELD_HOLE)
			note(self, node, misuse, ns);
	}
	slow_end(&slow);
}

uint16_t blocking_wait_act(uint16_t op)
{
	static const uint16_t acts[] = {
		[TRACE_OP_cond_wait] = TRACE_ACT_block_cond_wait,
		[TRACE_OP_cond_timedwait] = TRACE_ACT_block_cond_timedwait,
		[TRACE_OP_cond_clockwait] = TRACE_ACT_block_cond_clockwait,
		[TRACE_OP_cnd_wait] = TRACE_ACT_block_cnd_wait,
		[TRACE_OP_cnd_timedwait] = TRACE_ACT_block_cnd_timedwait,
		[TRACE_OP_g_cond_wait] = TRACE_ACT_block_g_cond_wait,
		[TRACE_OP_g_cond_wait_until] = TRACE_ACT_block_g_cond_wait_until,
		[TRACE_OP_g_cond_timed_wait] = TRACE_ACT_block_g_cond_timed_wait,
	};

	return op < sizeof(acts) / sizeof(acts[0]) ? acts[op] : 0;
}
