/* Owns what each thread holds where it has come to. */
#include "held_locks.h"

#include <stdlib.h>
#include <string.h>

#include "across.h"
#include "bisect.h"
#include "file_owner.h"
#include "xalloc.h"

/* A thread that takes a lock in more situations than these may do so in each epoch. */
enum { MOST_TAKEN = 1024 };

struct held_locks {
	const struct model *model;
	const struct told *told;
	struct sections *sections; /* NULL: not yet */
	uint32_t *across;	   /* by thread and first epoch */
	size_t *first_across;	   /* of each thread */
	uint32_t *path;		   /* of each thread: the innermost node that it holds; NO_INDEX */
	uint32_t *place;	   /* in holders, when it holds something */
	uint32_t *holders;
	size_t holder_count;
	bool unsure; /* something was in the way that may not have been taken there */
};

static void list_across(struct held_locks *locks)
{
	const struct model *model = locks->model;

	locks->across = across_sorted(model);
	locks->first_across = xcalloc(model->thread_count + 1, sizeof(*locks->first_across));
	for (uint32_t i = 0; i < model->across_count; i++)
		locks->first_across[model->nodes[model->across[i].node].thread + 1]++;
	for (size_t i = 0; i < model->thread_count; i++)
		locks->first_across[i + 1] += locks->first_across[i];
}

struct held_locks *held_locks_new(const struct model *model, const struct told *told)
{
	struct held_locks *locks = xcalloc(1, sizeof(*locks));

	locks->model = model;
	locks->told = told;
	locks->path = xcalloc(model->thread_count + 1, sizeof(*locks->path));
	locks->place = xcalloc(model->thread_count + 1, sizeof(*locks->place));
	locks->holders = xcalloc(model->thread_count + 1, sizeof(*locks->holders));
	memset(locks->path, 0xff, model->thread_count * sizeof(*locks->path));
	list_across(locks);
	return locks;
}

void held_locks_free(struct held_locks *locks)
{
	if (!locks)
		return;
	sections_free(locks->sections);
	free(locks->across);
	free(locks->first_across);
	free(locks->path);
	free(locks->place);
	free(locks->holders);
	free(locks);
}

void held_locks_begin_sure(struct held_locks *locks)
{
	locks->unsure = false;
}

bool held_locks_was_sure(const struct held_locks *locks)
{
	return !locks->unsure;
}

void held_locks_begin(struct held_locks *locks)
{
	while (locks->holder_count)
		locks->path[locks->holders[--locks->holder_count]] = NO_INDEX;
}

void held_locks_keep(struct held_locks *locks, uint32_t thread, uint32_t path)
{
	if (locks->path[thread] == NO_INDEX && path != NO_INDEX) {
		locks->place[thread] = (uint32_t)locks->holder_count;
		locks->holders[locks->holder_count++] = thread;
	} else if (locks->path[thread] != NO_INDEX && path == NO_INDEX) {
		const uint32_t last = locks->holders[--locks->holder_count];

		locks->holders[locks->place[thread]] = last;
		locks->place[last] = locks->place[thread];
	}
	locks->path[thread] = path;
}

void held_locks_come(struct held_locks *locks, uint32_t thread, uint64_t epoch)
{
	const struct model *model = locks->model;
	const size_t first = locks->first_across[thread], end = locks->first_across[thread + 1];
	const size_t i = BISECT(first, end, k, model->across[locks->across[k]].last + 1 < epoch);
	const struct across *across = i < end ? &model->across[locks->across[i]] : NULL;

	held_locks_keep(locks, thread,
			across && across->first < epoch && epoch <= (uint64_t)across->last + 1
				? across->node
				: NO_INDEX);
}

/* Whether the thread of `taken` may have to wait there as long as `held` is. */
static bool may_exclude(const struct held_locks *locks, const struct node *held,
			const struct node *taken)
{
	return !node_is_void(locks->model, held) &&
	       lock_may_exclude(locks->model, held->taken, taken->taken) &&
	       !(op_flags(held->op) & op_flags(taken->op) & TRACE_OP_SHARED);
}

/* The first epoch >= from, and before the other, in which the thread takes what the node keeps. */
static uint64_t until(struct held_locks *locks, uint32_t thread, const struct node *held,
		      uint64_t from, uint64_t before, uint64_t *steps)
{
	const struct model *model = locks->model;
	size_t count;
	const uint32_t *taken = told_taken(locks->told, thread, held->lock, &count);
	uint32_t epoch;

	if (count > MOST_TAKEN)
		return from;
	for (size_t i = 0; i < count && *steps; i++) {
		--*steps;
		if (from < UINT32_MAX && may_exclude(locks, held, &model->nodes[taken[i]]) &&
		    node_occurs(model, taken[i], (uint32_t)from, &epoch) && epoch < before) {
			before = epoch;
			/* A try gives up. */
			locks->unsure |= !node_surely_occurs(model, taken[i], epoch) ||
					 op_flags(model->nodes[taken[i]].op) & TRACE_OP_TRY;
		}
	}
	return before;
}

/* The same for what that one holds. */
static uint64_t until_of(struct held_locks *locks, uint32_t thread, uint32_t holder, uint64_t from,
			 uint64_t before, uint64_t *steps)
{
	const struct node *nodes = locks->model->nodes;
	uint32_t at = locks->path[holder];

	--*steps;
	if (holder == thread)
		return before;
	for (; at != NO_INDEX && before > from && *steps; at = nodes[at].parent) {
		--*steps;
		before = until(locks, thread, &nodes[at], from, before, steps);
	}
	return before;
}

uint64_t held_locks_until(struct held_locks *locks, uint32_t thread, uint64_t from, uint64_t before,
			  uint64_t *steps)
{
	for (size_t i = 0; i < locks->holder_count && *steps; i++)
		before = until_of(locks, thread, locks->holders[i], from, before, steps);
	return *steps ? before : from;
}

uint32_t held_locks_in_the_way(struct held_locks *locks, uint32_t thread, uint64_t epoch,
			       uint64_t *steps)
{
	for (size_t i = 0; i < locks->holder_count && *steps; i++)
		if (until_of(locks, thread, locks->holders[i], epoch, epoch + 1, steps) <= epoch)
			return locks->holders[i];
	return NO_INDEX;
}

uint32_t held_locks_of(const struct held_locks *locks, uint32_t thread)
{
	return locks->path[thread];
}

static bool is_below(const struct node *nodes, uint32_t index, uint32_t node)
{
	while (index > node && nodes[index].parent < index)
		index = nodes[index].parent;
	return index == node;
}

/* Whether the thread may take it in that epoch before it first takes the node. */
static bool may_come_before(const struct held_locks *locks, uint32_t index, uint32_t node,
			    uint32_t epoch, bool first)
{
	uint32_t found;

	if (index == node || !node_occurs(locks->model, index, epoch, &found) || found != epoch)
		return false;
	return !is_below(locks->model->nodes, index, node) &&
	       (!first || index < node || node_is_reused(locks->sections, index));
}

/* Whether the thread may have to take what `held` keeps before it first takes the node. */
static bool is_in_the_way(struct held_locks *locks, const struct node *held, uint32_t node,
			  uint32_t epoch, bool first, uint64_t *steps)
{
	const struct node *nodes = locks->model->nodes;
	size_t count;
	const uint32_t *taken = told_taken(locks->told, nodes[node].thread, held->lock, &count);

	if (count > MOST_TAKEN)
		return true;
	for (size_t i = 0; i < count && *steps; i++) {
		--*steps;
		if (may_exclude(locks, held, &nodes[taken[i]]) &&
		    may_come_before(locks, taken[i], node, epoch, first)) {
			locks->unsure |= !node_surely_occurs(locks->model, taken[i], epoch);
			return true;
		}
	}
	return false;
}

bool held_locks_go_to(struct held_locks *locks, uint32_t node, uint32_t epoch, uint64_t *steps)
{
	const struct node *nodes = locks->model->nodes;
	const uint32_t thread = nodes[node].thread;
	uint32_t begun;
	bool first;

	if (!locks->sections)
		locks->sections = sections_new(locks->model);
	first = node_occurs(locks->model, node, 0, &begun) && begun == epoch &&
		sections_first_is_known(locks->sections, node);
	for (size_t i = 0; i < locks->holder_count && *steps; i++) {
		uint32_t at = locks->path[locks->holders[i]];

		--*steps;
		if (locks->holders[i] == thread)
			continue;
		for (; at != NO_INDEX && *steps; at = nodes[at].parent) {
			--*steps;
			if (is_in_the_way(locks, &nodes[at], node, epoch, first, steps))
				return false;
		}
	}
	if (!*steps)
		return false;
	held_locks_keep(locks, thread, nodes[node].parent);
	return true;
}
