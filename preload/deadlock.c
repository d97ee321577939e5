/*
 * Owns the walk over waits, and what was recorded of such.
 *
 * A walk is read twice, under the recorder's lock. Each wait is told by the time it began, which no
 * other wait of the thread has: a thread whose wait is the same in both readings has waited all the
 * time between the end of the first and the beginning of the second, and so has neither taken nor
 * given back anything since: what it had in the second reading it had then. So there was an instant
 * at which all of it was true.
 */
#include "deadlock.h"

#include "acquire.h"
#include "between.h"
#include "families.h"
#include "holders.h"
#include "join.h"
#include "lock_misuse.h"
#include "options.h"
#include "roster.h"

#include <stdlib.h>
#include <string.h>

enum {
	WALK_MOST = 64, /* threads; a longer circle is left to whoever reads the trace */
	KNOWN_MOST = 64,
	SPIN_LOOKS = 1000, /* before a spin lock counts as one that is waited for */
};

struct walk {
	struct hop hops[WALK_MOST];
	uint32_t count;
};

/* Under the recorder's lock; too large for a program's stack. */
static struct walk first_walk, second_walk;
static uint64_t known[KNOWN_MOST]; /* prints of the walks recorded */
static uint32_t walks;

/* False: it does not come back to `self`. */
static bool walk_read(struct walk *walk, struct thread *self)
{
	struct hop *hop = walk->hops;
	struct thread *next;
	uint32_t node;

	if (!hop_read(self, hop))
		return false;
	for (walk->count = 1;; walk->count++) {
		next = holder_find(hop, self, &node);
		if (!next || next == self || walk->count == WALK_MOST)
			break;
		if (!hop_read(next, ++hop))
			return false;
		hop->node = node;
	}
	walk->hops[0].node = node;
	/* Who joins itself is refused (EDEADLK). */
	if (walk->count == 1 && op_kind((uint16_t)walk->hops[0].op) == TRACE_LOCK_thread)
		return false;
	return next == self;
}

static bool walks_equal(const struct walk *a, const struct walk *b)
{
	if (a->count != b->count)
		return false;
	for (uint32_t i = 0; i < a->count; i++) {
		const struct hop *left = &a->hops[i], *right = &b->hops[i];

		if (left->thread != right->thread || left->since != right->since ||
		    left->want != right->want || left->node != right->node)
			return false;
	}
	return true;
}

/* The same whoever of the circle found it. */
static uint64_t print_of(const struct walk *walk)
{
	uint64_t print = 0;

	for (uint32_t i = 0; i < walk->count; i++)
		print += (walk->hops[i].since ^ walk->hops[i].thread->ref) * LOCK_HASH_FACTOR;
	return print | 1;
}

static bool is_known(uint64_t print)
{
	for (uint32_t i = 0; i < walks; i++) {
		if (known[i] == print)
			return true;
	}
	return false;
}

/* The record of what hop i wants: that of how the next one has it. */
static uint32_t lock_of(struct thread *self, const struct walk *walk, uint32_t i)
{
	const struct hop *hop = &walk->hops[i];
	const struct trace_node *node = trace_at(walk->hops[(i + 1) % walk->count].node);

	if (op_kind((uint16_t)hop->op) == TRACE_LOCK_thread)
		return join_lock((uint32_t)hop->want);
	if (node)
		return node->lock;
	return locks_ref_any(self, (const void *)(uintptr_t)hop->want, op_kind((uint16_t)hop->op),
			     0, NULL);
}

static bool write_step(struct thread *self, const struct walk *walk, uint32_t i)
{
	const struct hop *hop = &walk->hops[i];
	uint32_t lock = lock_of(self, walk, i);
	struct trace_deadlock *record;

	record = lock ? trace_alloc(&recorder_cursor, TRACE_TYPE_deadlock, sizeof(*record)) : NULL;
	if (!record)
		return false;
	record->walk = walks;
	record->step = (uint16_t)i;
	record->steps = (uint16_t)walk->count;
	record->thread = hop->thread->ref;
	record->node = hop->node;
	between_named(0, trace_at(hop->node));
	between_named_lock(lock);
	record->lock = lock;
	record->stack = hop->stack;
	record->op = (uint16_t)hop->op;
	record->since = hop->since;
	trace_commit(&recorder_cursor, record);
	return true;
}

static void write_walk(struct thread *self, const struct walk *walk, uint64_t print)
{
	if (walks == KNOWN_MOST) {
		trace_drop(TRACE_DROP_no_space);
		return;
	}
	known[walks++] = print;
	for (uint32_t i = 0; i < walk->count && write_step(self, walk, i); i++)
		continue;
}

/* Whether it is one, and not known yet. */
static bool is_new(struct thread *self, uint64_t *print)
{
	if (!walk_read(&first_walk, self))
		return false;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!walk_read(&second_walk, self) || !walks_equal(&first_walk, &second_walk))
		return false;
	*print = print_of(&second_walk);
	return !is_known(*print);
}

/* Whether nobody could cancel one of these joins, after which others may go on. */
static bool is_for_ever(const struct walk *walk)
{
	for (uint32_t i = 0; i < walk->count; i++) {
		const struct trace_thread *thread = trace_at(walk->hops[i].thread->ref);

		if (op_kind((uint16_t)walk->hops[i].op) == TRACE_LOCK_thread &&
		    thread->state & TRACE_THREAD_CANCELLABLE)
			return false;
	}
	return true;
}

static char *append(char *to, const char *end, const char *text)
{
	while (*text && to < end)
		*to++ = *text++;
	return to;
}

/* The one thing that is ever said, where ending the program was asked for. */
static __attribute__((noreturn)) void give_up(void)
{
	static char line[4200];
	char *at = line;
	const char *end = line + sizeof(line) - 1;

	at = append(at, end, "gordian: deadlock: threads wait for each other for ever; see ");
	at = append(at, end, trace_file());
	*at++ = '\n';
	sys_write(2, line, (size_t)(at - line));
	abort();
}

/* It came back when it was read in passing. */
static __attribute__((noinline)) void look_closely(struct thread *self)
{
	bool for_ever = false;
	struct slow slow;
	uint64_t print;

	slow_begin(&slow, self);
	if (is_new(self, &print)) {
		write_walk(self, &second_walk, print);
		for_ever = is_for_ever(&second_walk);
	}
	slow_end(&slow);
	if (for_ever && options.on_deadlock == OPTION_DEADLOCK_ABORT)
		give_up();
}

/* A spin lock is mostly given back while one looks. */
static bool is_given_back(const struct hop *hop)
{
	if (op_kind((uint16_t)hop->op) != TRACE_LOCK_spin)
		return false;
	for (unsigned i = 0; i < SPIN_LOOKS; i++) {
		if (!spin_look((const void *)(uintptr_t)hop->want).written)
			return true;
#if defined(__x86_64__) || defined(__i386__)
		__builtin_ia32_pause();
#endif
	}
	return false;
}

void deadlock_look_around(struct thread *self)
{
	struct thread *next;
	struct hop hop;

	if (self->busy)
		return;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!hop_read(self, &hop) || is_given_back(&hop))
		return;
	for (uint32_t i = 0; i < WALK_MOST; i++) {
		next = holder_guess(&hop, i == 0);
		if (next == self) {
			look_closely(self);
			return;
		}
		if (!next || !hop_read(next, &hop))
			return;
	}
}

void deadlock_await(uint32_t thread_ref)
{
	struct trace_thread *record = trace_at(thread_ref);
	struct thread *thread = roster_of((int)record->tid);

	/* It may still have to start. */
	record->state |= TRACE_THREAD_AWAITED;
	if (thread && thread->ref == thread_ref)
		__atomic_store_n(&thread->awaited, true, __ATOMIC_RELAXED);
}

void deadlock_reset(void)
{
	walks = 0;
}
