/* Owns the list of what was held elsewhere when the process was forked. */
#include "forked.h"

#include "arena.h"
#include "stacks.h"
#include "system.h"

enum { MAX_HELD = 4096, FORKED_FROM = 8 };

struct elsewhere {
	struct elsewhere *next;
	uint64_t lock;
	struct stack *place;
	int tid;
	uint16_t op;
};

/* What was held at the forks that led to this process, and what would be at the one that is due. */
static struct elsewhere *held, *due;
static unsigned held_count;
/* Kernel ids of the threads that forked, newest last; as far as there is room. */
static int forked_tids[FORKED_FROM], due_tid;
static unsigned fork_count;

/* In the trace that this process has, or in its parent's; NULL: not there. */
static struct trace_children *children;
static struct trace_begun *begun;
static uint64_t begun_before; /* this process was forked */

static void count_children(void)
{
	if (!children) {
		children = trace_alloc(&recorder_cursor, TRACE_TYPE_children, sizeof(*children));
		if (children)
			trace_commit(&recorder_cursor, children);
	}
	if (!begun) {
		begun = trace_alloc(&recorder_cursor, TRACE_TYPE_begun, sizeof(*begun));
		if (begun)
			trace_commit(&recorder_cursor, begun);
	}
}

void forked_begins(void)
{
	if (begun)
		__atomic_fetch_add(&begun->count, 1, __ATOMIC_RELAXED);
}

bool forked_any_begun(void)
{
	return !begun || __atomic_load_n(&begun->count, __ATOMIC_RELAXED) != begun_before;
}

bool forked_idle(void)
{
	if (children)
		__atomic_fetch_add(&children->ended, 1, __ATOMIC_RELAXED);
	return children;
}

void forked_reset(void)
{
	children = NULL;
	begun = NULL;
}

bool forked_here(void)
{
	return fork_count > 0;
}

bool forked_by(int tid)
{
	for (unsigned i = 0; i < fork_count && i < FORKED_FROM; i++) {
		if (tid > 0 && forked_tids[i] == tid)
			return true;
	}
	return false;
}

static bool add_holds(struct thread *thread, void *context)
{
	uint32_t depth = thread_depth(thread);

	if (thread == context)
		return false;
	for (uint32_t i = 0; i < depth && i < thread->capacity; i++) {
		const struct trace_held_entry entry = thread->entries[i];
		const struct trace_node *node = trace_at(entry.node);
		struct elsewhere *one;

		if (!node || !entry.lock || entry.lock == TRACE_HELD_HOLE)
			continue;
		one = held_count < MAX_HELD ? arena_alloc(sizeof(*one)) : NULL;
		if (!one) {
			trace_drop(TRACE_DROP_no_memory);
			return true;
		}
		one->lock = entry.lock;
		one->tid = thread->tid;
		one->op = node->op;
		one->place = stacks_find(node->stack);
		one->next = due;
		due = one;
		held_count++;
	}
	return false;
}

void forked_prepare(const struct thread *forking)
{
	due_tid = sys_gettid();
	if (recorder_state != RECORDER_ON)
		return;
	count_children();
	threads_find(add_holds, (void *)(uintptr_t)forking);
}

void forked_finish(bool child)
{
	struct elsewhere *next;

	if (child)
		forked_tids[fork_count++ % FORKED_FROM] = due_tid;
	if (child && begun)
		begun_before = __atomic_load_n(&begun->count, __ATOMIC_RELAXED);
	for (; due; due = next) {
		next = due->next;
		if (child) {
			due->next = held;
			held = due;
		} else {
			arena_free(due, sizeof(*due));
			held_count--;
		}
	}
}

bool forked_blame(struct misuse *misuse, int owner)
{
	for (const struct elsewhere *one = held; one; one = one->next) {
		if (one->lock != (uintptr_t)misuse->lock || (owner && one->tid != owner))
			continue;
		misuse->other_thread = 0;
		misuse->other_place = one->place;
		misuse->other_act = one->op;
		misuse->value = (uint64_t)one->tid;
		return true;
	}
	return false;
}
