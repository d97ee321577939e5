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
	struct pass *passes; /* sorted */
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

struct once_order *once_order_new(const struct model *model)
{
	struct once_order *order = xcalloc(1, sizeof(*order));

	order->model = model;
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

/* Whether the thread had come back from the once by that epoch. */
static bool has_passed(const struct once_order *order, uint32_t lock, uint32_t thread,
		       uint32_t epoch)
{
	const struct pass wanted = {lock, thread, 0};
	size_t low = BISECT(0, order->count, i, compare_passes(&order->passes[i], &wanted) < 0);
	return low < order->count && order->passes[low].lock == lock &&
	       order->passes[low].thread == thread && order->passes[low].epoch <= epoch;
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
		    has_passed(order, held->lock, later->thread,
			       model->spans[later->first_span].first))
			return true;
	}
	return false;
}

bool once_order_separates(const struct once_order *order, uint32_t x, uint32_t y)
{
	return lies_in_one_before(order, x, y) || lies_in_one_before(order, y, x);
}
