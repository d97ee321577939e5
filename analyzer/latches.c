/* Owns the list of situations of those threads that may have latches. */
#include "latches.h"

#include <stdlib.h>

#include "xalloc.h"

struct latches {
	const struct model *model;
	uint32_t *first; /* by thread: its nodes are nodes[first[t]], … up to nodes[first[t + 1]] */
	uint32_t *nodes;
};

static bool *find_makers(const struct model *model, bool *any)
{
	bool *makers = xcalloc(model->thread_count, sizeof(*makers));

	*any = false;
	for (size_t i = 0; i < model->event_count; i++) {
		if (model->events[i].kind == TRACE_EVENT_opened)
			*any = makers[model->events[i].thread] = true;
	}
	return makers;
}

static void list_nodes(struct latches *latches, const bool *makers)
{
	const struct model *model = latches->model;
	uint32_t *at = xcalloc(model->thread_count, sizeof(*at));

	latches->first = xcalloc(model->thread_count + 1, sizeof(*latches->first));
	for (size_t i = 0; i < model->node_count; i++)
		latches->first[model->nodes[i].thread + 1] += makers[model->nodes[i].thread];
	for (size_t t = 0; t < model->thread_count; t++) {
		latches->first[t + 1] += latches->first[t];
		at[t] = latches->first[t];
	}
	latches->nodes = xcalloc(latches->first[model->thread_count], sizeof(*latches->nodes));
	for (uint32_t i = 0; i < model->node_count; i++) {
		if (makers[model->nodes[i].thread])
			latches->nodes[at[model->nodes[i].thread]++] = i;
	}
	free(at);
}

struct latches *latches_new(const struct model *model)
{
	struct latches *latches = NULL;
	bool any, *makers = find_makers(model, &any);

	if (any) {
		latches = xcalloc(1, sizeof(*latches));
		latches->model = model;
		list_nodes(latches, makers);
	}
	free(makers);
	return latches;
}

void latches_free(struct latches *latches)
{
	if (!latches)
		return;
	free(latches->first);
	free(latches->nodes);
	free(latches);
}

static bool is_under(const struct model *model, const struct node *node, uint32_t lock)
{
	while (node->parent != NO_INDEX) {
		node = &model->nodes[node->parent];
		if (node->lock == lock)
			return true;
	}
	return false;
}

/* Whether something was taken there inside something else, after that epoch. */
static bool nests_after(const struct model *model, const struct node *node, uint32_t epoch)
{
	return node->parent != NO_INDEX && node->count && node->span_count &&
	       model->spans[node->first_span + node->span_count - 1].last > epoch &&
	       !(op_flags(node->op) & TRACE_OP_SIGNAL);
}

bool latches_hold(const struct latches *latches, const struct event *opened)
{
	const struct model *model = latches->model;
	uint64_t taken = 0;

	for (uint32_t i = latches->first[opened->thread]; i < latches->first[opened->thread + 1];
	     i++) {
		const struct node *node = &model->nodes[latches->nodes[i]];

		if (node->lock == opened->lock)
			taken += node->count;
		else if (nests_after(model, node, opened->epoch) &&
			 !is_under(model, node, opened->lock))
			return false;
	}
	return taken == 1;
}
