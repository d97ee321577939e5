/* Looks for calls of a once that come after one that has come back. */
#include "once.h"
#include "xalloc.h"
#include <stdlib.h>

/* Pairs of calls looked at, at most; beyond, calls count as waits. */
#define MAX_PAIRS (1u << 24)

struct call {
	uint32_t lock, node, thread;
	uint32_t epoch; /* the first in which it was made */
};

/* A record that stands for several onces does not tell which of them was called. */
static bool is_call(const struct model *model, const struct node *node)
{
	const struct lock *lock = &model->locks[node->lock];

	return lock->kind == TRACE_LOCK_once && lock->lives <= 1 && node->count > 0 &&
	       node->span_count > 0 && op_flags(node->op) & TRACE_OP_WAIT;
}

static struct call call_of(const struct model *model, uint32_t index)
{
	const struct node *node = &model->nodes[index];
	struct call call = {node->lock, index, node->thread, UINT32_MAX};

	for (uint32_t i = 0; i < node->span_count; i++)
		if (model->spans[node->first_span + i].first < call.epoch)
			call.epoch = model->spans[node->first_span + i].first;
	return call;
}

/* By once, then in the order in which they were met. */
static int compare_calls(const void *left, const void *right)
{
	const struct call *a = left, *b = right;

	if (a->lock != b->lock)
		return a->lock < b->lock ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

/* A thread's situations follow one another in a trace in the order in which it met them. */
static bool comes_before(struct order *order, const struct call *a, const struct call *b)
{
	if (a->thread == b->thread)
		return a->node < b->node;
	return order_before(order, a->thread, a->epoch, b->thread, b->epoch);
}

static void mark_known(struct order *order, const struct call *calls, size_t count,
		       uint32_t *budget, bool *known)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count && !known[calls[i].node] && *budget > 0; j++) {
			--*budget;
			known[calls[i].node] = comes_before(order, &calls[j], &calls[i]);
		}
	}
}

bool *once_known(const struct model *model, struct order *order)
{
	struct call *calls = NULL;
	uint32_t budget = MAX_PAIRS;
	size_t count = 0, end;
	bool *known;

	for (uint32_t i = 0; i < model->node_count; i++)
		count += is_call(model, &model->nodes[i]);
	if (count == 0)
		return NULL;
	known = xcalloc(model->node_count, sizeof(*known));
	calls = xcalloc(count, sizeof(*calls));
	count = 0;
	for (uint32_t i = 0; i < model->node_count; i++)
		if (is_call(model, &model->nodes[i]))
			calls[count++] = call_of(model, i);
	qsort(calls, count, sizeof(*calls), compare_calls);
	for (size_t first = 0; first < count; first = end) {
		for (end = first; end < count && calls[end].lock == calls[first].lock;)
			end++;
		mark_known(order, &calls[first], end - first, &budget, known);
	}
	free(calls);
	return known;
}
