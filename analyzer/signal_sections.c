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
	uint32_t *waits; /* events by which threads came back from conditions, by thread */
	size_t wait_count;
};

static const struct model *sorted_model; /* for the comparisons only */

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

static int compare_waits(const void *left, const void *right)
{
	const struct event *a = &sorted_model->events[*(const uint32_t *)left];
	const struct event *b = &sorted_model->events[*(const uint32_t *)right];

	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static void list_waits(struct signal_sections *sections)
{
	const struct model *model = sections->model;

	sections->waits = xcalloc(model->event_count + 1, sizeof(*sections->waits));
	for (size_t i = 0; i < model->event_count; i++)
		if (model->events[i].kind == TRACE_EVENT_woken ||
		    model->events[i].kind == TRACE_EVENT_woken_again)
			sections->waits[sections->wait_count++] = (uint32_t)i;
	if (sections->wait_count)
		qsort(sections->waits, sections->wait_count, sizeof(*sections->waits),
		      compare_waits);
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
	list_waits(sections);
	return sections;
}

void signal_sections_free(struct signal_sections *sections)
{
	if (!sections)
		return;
	free(sections->nodes);
	free(sections->waits);
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

/* What a thread did with a mutex in condition waits. */
struct retakes {
	bool limited;	/* one of them had a limit of time: there is no event of those */
	uint64_t count; /* how often it took it again */
	uint32_t begun; /* epoch in which it took it otherwise, by the signal: the last that is
			   certain, and 1; 0: none is */
};

/* The last span of it that began by then, as its first epoch, and 1; 0: there is none. */
static uint32_t last_begun(const struct model *model, const struct node *node, uint32_t epoch)
{
	uint32_t found = 0;

	for (uint32_t i = 0; node->count && i < node->span_count; i++) {
		const struct span *span = &model->spans[node->first_span + i];

		if (span->first <= epoch && span->first + 1 > found)
			found = span->first + 1;
	}
	return found;
}

static struct retakes retakes_of(const struct signal_sections *sections, const struct event *signal)
{
	const struct model *model = sections->model;
	const uint32_t mutex = model->nodes[signal->node].lock;
	struct retakes retakes = {0};

	for (size_t i =
		     BISECT(0, sections->count, i,
			    compare(&model->nodes[sections->nodes[i]], mutex, signal->thread) < 0);
	     i < sections->count; i++) {
		const struct node *node = &model->nodes[sections->nodes[i]];
		uint32_t last;

		if (compare(node, mutex, signal->thread))
			break;
		if (op_flags(node->op) & TRACE_OP_REACQUIRE) {
			retakes.limited |= (op_flags(node->op) & TRACE_OP_LIMITED) != 0;
			retakes.count += node->count;
			continue;
		}
		last = last_begun(model, node, signal->epoch);
		retakes.begun = last > retakes.begun ? last : retakes.begun;
	}
	return retakes;
}

/* Whether the mutex was taken otherwise than after a wait from that epoch on, and before that one.
 */
static bool was_taken_between(const struct signal_sections *sections, const struct event *signal,
			      uint32_t first, uint32_t end)
{
	const struct event since = {
		.thread = signal->thread, .node = signal->node, .epoch = first - 1};

	return end > first && signal_sections_new_one(sections, &since, end - 1);
}

/* The first wait in the section of that signal, of all that the thread came back from; NULL. */
static const struct event *first_wait(const struct signal_sections *sections,
				      const struct event *signal, uint64_t *all)
{
	const struct event *events = sections->model->events, *found = NULL;
	const uint32_t *waits = sections->waits;
	size_t i = BISECT(0, sections->wait_count, k, events[waits[k]].thread < signal->thread);
	size_t end = i;

	while (end < sections->wait_count && events[waits[end]].thread == signal->thread)
		end++;
	*all = end - i;
	end = BISECT(i, end, k, events[waits[k]].number < signal->number);
	while (end-- > i) {
		const struct event *wait = &events[waits[end]];

		if (found && was_taken_between(sections, signal, wait->epoch, found->epoch))
			break;
		found = wait;
	}
	return found;
}

uint32_t signal_sections_before(const struct signal_sections *sections, const struct event *signal)
{
	const struct model *model = sections->model;
	const struct event *wait;
	struct retakes retakes;
	uint64_t waits;

	if (signal->node == NO_INDEX ||
	    !(op_flags(model->nodes[signal->node].op) & TRACE_OP_REACQUIRE))
		return signal->epoch;
	retakes = retakes_of(sections, signal);
	wait = first_wait(sections, signal, &waits);
	if (wait && wait->epoch && !retakes.limited && retakes.count <= waits)
		return wait->epoch - 1;
	return retakes.begun < 2 ? NO_INDEX : retakes.begun - 2;
}
