/* Owns the passage of a lock from a used record to one of its own. */
#include "nesting.h"

#include "arena.h"

enum { MOST_TOUCHED = 7 };

/* The nodes in which a lock on a used record was taken in this life, inside others. */
struct touched {
	uint32_t count;
	struct {
		uint32_t node, epoch;
	} at[MOST_TOUCHED];
};

/* How many locks passed so far: threads that hold one follow when they come here. */
static uint32_t passages;

struct by_ref {
	uint32_t ref;
	struct thread *thread;
};

static bool has_ref(struct thread *thread, void *context)
{
	struct by_ref *wanted = context;

	if (thread->ref != wanted->ref)
		return false;
	wanted->thread = thread;
	return true;
}

static void move_node(struct thread *self, struct trace_node *node, uint32_t epoch, uint32_t lock)
{
	struct by_ref by_ref = {.ref = node->thread};
	struct trace_node *moved;

	if (node->thread == self->ref)
		by_ref.thread = self;
	else
		threads_find(has_ref, &by_ref);
	moved = tree_node(by_ref.thread, node->thread, node->parent, lock, node->stack, node->op);
	if (!moved || moved->count)
		return;
	moved->first_epoch = moved->last_epoch = epoch;
	moved->count = 1;
	/* Nobody else counts there now. It must not look as if it was never taken. */
	if (by_ref.thread == self && node->count > 1)
		node->count--;
}

/* The thread's entries for locks that have passed stand for other nodes now. */
static void follow(struct thread *self)
{
	uint32_t parent = 0;

	for (struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		const struct trace_node *node = trace_at(entry->node);
		const struct lock *lock = locks_find((void *)(uintptr_t)entry->lock);
		uint32_t ref = node ? node->lock : 0;

		if (lock && ref && lock->from == ref)
			ref = lock->ref;
		if (node && (node->lock != ref || node->parent != parent))
			entry->node = trace_ref(
				tree_node(self, self->ref, parent, ref, node->stack, node->op));
		parent = entry->node;
	}
	self->passages = passages;
}

void nesting_forget(struct lock *lock)
{
	arena_free(lock->touched, sizeof(*lock->touched));
	lock->touched = NULL;
}

static void pass(struct thread *self, struct lock *lock)
{
	struct touched *touched = lock->touched;

	lock->touched = NULL;
	locks_renew(lock);
	for (uint32_t i = 0; touched && i < touched->count; i++)
		move_node(self, trace_at(touched->at[i].node), touched->at[i].epoch, lock->ref);
	arena_free(touched, sizeof(*touched));
	passages++;
	follow(self);
}

void nesting_own(struct thread *self, struct lock *lock)
{
	if (lock->lives > 1)
		pass(self, lock);
}

void nesting_begin(struct thread *self)
{
	if (self->passages != passages)
		follow(self);
	for (struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		struct lock *lock = locks_find((void *)(uintptr_t)entry->lock);

		if (!lock || lock->outer)
			continue;
		nesting_own(self, lock);
		lock->outer = true;
	}
}

static bool touch(struct lock *lock, uint32_t node, uint32_t epoch)
{
	struct touched *touched = lock->touched;

	if (!touched)
		touched = lock->touched = arena_alloc(sizeof(*touched));
	if (!touched)
		return false;
	for (uint32_t i = 0; i < touched->count; i++) {
		if (touched->at[i].node == node)
			return touched->at[i].epoch == epoch;
	}
	if (touched->count == MOST_TOUCHED)
		return false;
	touched->at[touched->count].node = node;
	touched->at[touched->count].epoch = epoch;
	touched->count++;
	return true;
}

struct trace_node *nesting_note(struct thread *self, const void *address, struct trace_node *node)
{
	struct lock *lock = locks_find(address);

	if (!lock || lock->lives < 2 || lock->outer || touch(lock, trace_ref(node), self->epoch))
		return node;
	pass(self, lock);
	return tree_node(self, self->ref, node->parent, lock->ref, node->stack, node->op);
}
