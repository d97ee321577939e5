#include "past_waits.h"

#include <stdlib.h>

#include "xalloc.h"

/* What the thread held when it held that: as nodes, outermost first. */
static void fill_held(const struct model *model, const struct deadlock *step, struct held *held)
{
	uint32_t depth = 0;

	for (uint32_t node = step->node; node != NO_INDEX; node = model->nodes[node].parent)
		depth++;
	*held = (struct held){
		.thread = step->thread,
		.depth = depth,
		.nodes = xcalloc(depth + 1, sizeof(*held->nodes)),
	};
	for (uint32_t node = step->node; node != NO_INDEX; node = model->nodes[node].parent)
		held->nodes[--depth] = node;
}

/* Whether its thread is published as waiting for the same lock. */
static bool still_wants(const struct model *model, const struct deadlock *step)
{
	uint32_t index = model->threads[step->thread].held;
	const struct lock *lock = &model->locks[step->lock];
	const struct held *held;

	if (index == NO_INDEX)
		return false;
	held = &model->helds[index];
	if (!held->want || held->want_op != step->op)
		return false;
	if (lock->kind == TRACE_LOCK_thread)
		return held->want_thread == lock->thread;
	return held->want_lock == step->lock;
}

static void add_waiter(struct past_waits *past, const struct deadlock *step)
{
	const struct model *model = past->graph.model;
	const struct lock *lock = &model->locks[step->lock];
	struct held *held = &past->helds[past->graph.count];
	uint32_t now = model->threads[step->thread].held;

	fill_held(model, step, held);
	if (still_wants(model, step))
		held->want = model->helds[now].want;
	past->graph.waiters[past->graph.count++] = (struct waiter){
		.thread = step->thread,
		.limit = WAIT_FOR_EVER,
		.op = step->op,
		.lock = step->lock,
		.taken = step->lock,
		.target = lock->kind == TRACE_LOCK_thread ? lock->thread : NO_INDEX,
		.mutex = NO_INDEX,
		.stack = step->stack,
		.firm = true,
		.held = held,
		.depth = held->depth,
	};
}

static bool is_in(const struct wait_graph *graph, const struct wait_cycle *cycle, uint32_t thread)
{
	for (uint32_t i = 0; i < cycle->count; i++)
		if (graph->waiters[cycle->waiters[i]].thread == thread)
			return true;
	return false;
}

/* Whether one of these threads is in a circle still: then that is the same deadlock. */
static bool lasts(const struct wait_graph *now, const struct deadlock *steps)
{
	for (uint32_t i = 0; i < now->cycle_count; i++)
		for (uint32_t k = 0; k < steps->steps; k++)
			if (is_in(now, &now->cycles[i], steps[k].thread))
				return true;
	return false;
}

/* A join that others could have cancelled: then what is now tells whether it is for ever. */
static bool is_cancellable(const struct model *model, const struct deadlock *step)
{
	return model->locks[step->lock].kind == TRACE_LOCK_thread &&
	       model->threads[step->thread].state & TRACE_THREAD_CANCELLABLE;
}

/* A semaphore that was posted by others since, or is no lock after all, holds nobody up. */
static bool is_one(const struct model *model, const struct deadlock *steps)
{
	for (uint32_t i = 0; i < steps->steps; i++)
		if (lock_is_ordering(&model->locks[steps[i].lock]) ||
		    is_cancellable(model, &steps[i]))
			return false;
	return true;
}

static void add_cycle(struct past_waits *past, const struct deadlock *steps)
{
	struct wait_cycle *cycle = &past->graph.cycles[past->graph.cycle_count];
	bool *broken = &past->broken[past->graph.cycle_count++];

	cycle->waiters = xcalloc(steps->steps, sizeof(*cycle->waiters));
	for (uint32_t i = 0; i < steps->steps; i++) {
		*broken = *broken || !still_wants(past->graph.model, &steps[i]);
		cycle->waiters[cycle->count++] = past->graph.count;
		add_waiter(past, &steps[i]);
	}
}

void past_waits_make(struct past_waits *past, const struct wait_graph *now)
{
	const struct model *model = now->model;

	*past = (struct past_waits){.graph = {.model = model}};
	past->graph.waiters = xcalloc(model->deadlock_count + 1, sizeof(*past->graph.waiters));
	past->graph.cycles = xcalloc(model->deadlock_count + 1, sizeof(*past->graph.cycles));
	past->broken = xcalloc(model->deadlock_count + 1, sizeof(*past->broken));
	past->helds = xcalloc(model->deadlock_count + 1, sizeof(*past->helds));
	for (size_t i = 0; i < model->deadlock_count; i += model->deadlocks[i].steps) {
		const struct deadlock *steps = &model->deadlocks[i];

		if (is_one(model, steps) && !lasts(now, steps))
			add_cycle(past, steps);
	}
}

void past_waits_free(struct past_waits *past)
{
	for (uint32_t i = 0; i < past->graph.count; i++)
		free(past->helds[i].nodes);
	for (uint32_t i = 0; i < past->graph.cycle_count; i++)
		free(past->graph.cycles[i].waiters);
	free(past->graph.waiters);
	free(past->graph.cycles);
	free(past->helds);
	free(past->broken);
}
