/* Owns the situations in which the mutexes of conditions are taken, by mutex and thread. */
#include "signal_sections.h"
#include "bisect.h"

#include <stdlib.h>

#include "xalloc.h"

bool awaited_signal_in_section(const struct event *event)
{
	return event->kind == TRACE_EVENT_signalled && event->node != NO_INDEX;
}

bool signal_in_section(const struct event *event)
{
	return awaited_signal_in_section(event) ||
	       (event->kind == TRACE_EVENT_unawaited && event->node != NO_INDEX);
}

struct signal_sections {
	const struct model *model;
	uint32_t *nodes; /* by lock, then thread */
	size_t count;
};

static const struct model *sorted_model; /* for compare_nodes only */

static int compare(const struct node *a, uint32_t lock, uint32_t thread)
{
	if (a->lock != lock)
		return a->lock < lock ? -1 : 1;
	return a->thread < thread ? -1 : a->thread > thread;
}

static int compare_nodes(const void *left, const void *right)
{
	const struct node *a = &sorted_model->nodes[*(const uint32_t *)left];
	const struct node *b = &sorted_model->nodes[*(const uint32_t *)right];

	return compare(a, b->lock, b->thread);
}

struct signal_sections *signal_sections_new(const struct model *model)
{
	bool *named = xcalloc(model->lock_count, sizeof(*named));
	struct signal_sections *sections = xcalloc(1, sizeof(*sections));
	size_t size = 0;

	sections->model = sorted_model = model;
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (signal_in_section(event))
			named[model->nodes[event->node].lock] = true;
	}
	for (size_t i = 0; i < model->node_count; i++)
		size += named[model->nodes[i].lock];
	sections->nodes = xcalloc(size, sizeof(*sections->nodes));
	for (size_t i = 0; i < model->node_count; i++)
		if (named[model->nodes[i].lock])
			sections->nodes[sections->count++] = (uint32_t)i;
	if (size)
		qsort(sections->nodes, size, sizeof(*sections->nodes), compare_nodes);
	free(named);
	return sections;
}

void signal_sections_free(struct signal_sections *sections)
{
	if (!sections)
		return;
	free(sections->nodes);
	free(sections);
}

const uint32_t *signal_sections_nodes(const struct signal_sections *sections, uint32_t mutex,
				      size_t *count)
{
	const struct node *nodes = sections->model->nodes;
	const size_t first = BISECT(0, sections->count, i, nodes[sections->nodes[i]].lock < mutex);
	size_t end = first;

	while (end < sections->count && nodes[sections->nodes[end]].lock == mutex)
		end++;
	*count = end - first;
	return sections->nodes + first;
}

static bool began_by(const struct model *model, const struct node *node, uint32_t epoch)
{
	return node->count && node->span_count && model->spans[node->first_span].first <= epoch;
}

uint64_t signal_sections_count(const struct signal_sections *sections, uint32_t thread,
			       uint32_t mutex, uint32_t epoch)
{
	const struct node *nodes = sections->model->nodes;
	size_t low = BISECT(0, sections->count, i,
			    compare(&nodes[sections->nodes[i]], mutex, thread) < 0);
	uint64_t count = 0;

	for (; low < sections->count; low++) {
		const struct node *node = &nodes[sections->nodes[low]];

		if (compare(node, mutex, thread))
			break;
		if (!(op_flags(node->op) & TRACE_OP_REACQUIRE) &&
		    began_by(sections->model, node, epoch))
			count += node->count;
	}
	return count;
}

bool signal_sections_new_one(const struct signal_sections *sections, const struct event *signal,
			     uint32_t epoch)
{
	const struct node *nodes = sections->model->nodes;
	const uint32_t mutex = nodes[signal->node].lock;
	size_t low = BISECT(0, sections->count, i,
			    compare(&nodes[sections->nodes[i]], mutex, signal->thread) < 0);

	for (; low < sections->count; low++) {
		const struct node *node = &nodes[sections->nodes[low]];

		if (compare(node, mutex, signal->thread))
			break;
		if (!(op_flags(node->op) & TRACE_OP_REACQUIRE) &&
		    node_was_taken(sections->model, node, signal->epoch + 1, epoch))
			return true;
	}
	return false;
}
