/* Owns who has come back from which one-time initialisation, and since when. */
#include "once_order.h"
#include "bisect.h"

#include <stdlib.h>

#include "xalloc.h"

struct pass {
	uint32_t lock, thread, epoch;
};

struct once_order {
	const struct model *model;
	const struct tasks *tasks; /* NULL: there are none */
	struct pass *passes;	   /* sorted */
	size_t count;
	uint64_t *runs; /* of each lock, when it is a once */
};

static int compare_passes(const void *left, const void *right)
{
	const struct pass *a = left, *b = right;

	if (a->lock != b->lock)
		return a->lock < b->lock ? -1 : 1;
	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	return a->epoch < b->epoch ? -1 : a->epoch > b->epoch;
}

/* Whether the node's thread runs an initialiser. */
static bool runs(const struct model *model, const struct node *node)
{
	return model->locks[node->lock].kind == TRACE_LOCK_once &&
	       !(op_flags(node->op) & TRACE_OP_WAIT);
}

struct once_order *once_order_new(const struct model *model, const struct tasks *tasks)
{
	struct once_order *order = xcalloc(1, sizeof(*order));

	order->model = model;
	order->tasks = tasks;
	order->passes = xcalloc(model->event_count, sizeof(*order->passes));
	order->runs = xcalloc(model->lock_count, sizeof(*order->runs));
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (event->kind == TRACE_EVENT_passed && model->locks[event->lock].lives <= 1)
			order->passes[order->count++] =
				(struct pass){event->lock, event->thread, event->epoch};
	}
	if (!order->count) {
		once_order_free(order);
		return NULL;
	}
	qsort(order->passes, order->count, sizeof(*order->passes), compare_passes);
	for (size_t i = 0; i < model->node_count; i++)
		if (runs(model, &model->nodes[i]))
			order->runs[model->nodes[i].lock] += model->nodes[i].count;
	return order;
}

void once_order_free(struct once_order *order)
{
	if (!order)
		return;
	free(order->passes);
	free(order->runs);
	free(order);
}

/* Whether the thread came back from the once in epochs of [since, epoch]. */
static bool has_passed(const struct once_order *order, uint32_t lock, uint32_t thread,
		       uint32_t since, uint32_t epoch)
{
	const struct pass wanted = {lock, thread, since};
	size_t low = BISECT(0, order->count, i, compare_passes(&order->passes[i], &wanted) < 0);
	return low < order->count && order->passes[low].lock == lock &&
	       order->passes[low].thread == thread && order->passes[low].epoch <= epoch;
}

/* Whether all that was met at the node was behind that, whoever does tasks. */
static bool all_passed(const struct once_order *order, uint32_t lock, uint32_t index)
{
	const struct node *node = &order->model->nodes[index];
	struct task_part *parts;
	size_t count;
	bool passed = true;

	if (!order->tasks || !order->model->threads[node->thread].tasks)
		return has_passed(order, lock, node->thread, 0,
				  order->model->spans[node->first_span].first);
	parts = tasks_parts(order->tasks, index, &count);
	for (size_t i = 0; passed && i < count; i++) {
		const struct task_part *part = &parts[i];

		passed = has_passed(order, lock, part->begin.thread, 0, part->begin.epoch) ||
			 (!part->own &&
			  has_passed(order, lock, part->thread, part->since, part->first));
	}
	free(parts);
	return passed;
}

static bool lies_in_one_before(const struct once_order *order, uint32_t x, uint32_t y)
{
	const struct model *model = order->model;
	const struct node *later = &model->nodes[y];

	if (!later->span_count)
		return false;
	for (uint32_t at = model->nodes[x].parent; at != NO_INDEX; at = model->nodes[at].parent) {
		const struct node *held = &model->nodes[at];

		if (runs(model, held) && order->runs[held->lock] == 1 &&
		    all_passed(order, held->lock, y))
			return true;
	}
	return false;
}

bool once_order_separates(const struct once_order *order, uint32_t x, uint32_t y)
{
	return lies_in_one_before(order, x, y) || lies_in_one_before(order, y, x);
}
