#include "announce.h"
#include "xalloc.h"
#include <stdlib.h>

/* A thread that was woken from a condition. */
struct pair {
	uint32_t thread, condition;
};

struct announcements {
	const struct model *model;
	uint64_t *signals;    /* under each node, of its condition */
	uint32_t *conditions; /* that is signalled under each node; NO_INDEX: none, or several */
	struct pair *woken;   /* sorted */
	size_t woken_count;
};

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	return (a->condition > b->condition) - (a->condition < b->condition);
}

static bool is_signal(const struct model *model, const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_SIGNAL && node->count > 0 &&
	       model->locks[node->lock].kind == TRACE_LOCK_condition;
}

/* Steps are bounded by the depth that held sets have; a path that is circular is cut. */
static void add_signal(struct announcements *announcements, const struct node *signal)
{
	const struct model *model = announcements->model;
	size_t steps = 0;
	for (uint32_t at = signal->parent; at != NO_INDEX && steps++ < 1000;
	     at = model->nodes[at].parent) {
		if (!announcements->signals[at])
			announcements->conditions[at] = signal->lock;
		else if (announcements->conditions[at] != signal->lock)
			announcements->conditions[at] = NO_INDEX;
		announcements->signals[at] += signal->count;
	}
}

static void list_woken(struct announcements *announcements)
{
	const struct model *model = announcements->model;
	announcements->woken = xcalloc(model->event_count, sizeof(*announcements->woken));
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		if (event->kind == TRACE_EVENT_woken)
			announcements->woken[announcements->woken_count++] =
				(struct pair){event->thread, event->lock};
	}
	if (announcements->woken_count)
		qsort(announcements->woken, announcements->woken_count,
		      sizeof(*announcements->woken), compare_pairs);
}

struct announcements *announcements_new(const struct model *model)
{
	struct announcements *announcements = xcalloc(1, sizeof(*announcements));
	announcements->model = model;
	announcements->signals = xcalloc(model->node_count, sizeof(*announcements->signals));
	announcements->conditions = xcalloc(model->node_count, sizeof(*announcements->conditions));
	for (size_t i = 0; i < model->node_count; i++)
		if (is_signal(model, &model->nodes[i]))
			add_signal(announcements, &model->nodes[i]);
	list_woken(announcements);
	return announcements;
}

void announcements_free(struct announcements *announcements)
{
	if (!announcements)
		return;
	free(announcements->signals);
	free(announcements->conditions);
	free(announcements->woken);
	free(announcements);
}

static bool was_woken(const struct announcements *announcements, uint32_t thread,
		      uint32_t condition)
{
	const struct pair wanted = {thread, condition};
	return announcements->woken_count &&
	       bsearch(&wanted, announcements->woken, announcements->woken_count, sizeof(wanted),
		       compare_pairs);
}

bool announced_to(const struct announcements *announcements, uint32_t node, uint32_t holder)
{
	const struct node *taken = &announcements->model->nodes[node];
	const struct node *held = &announcements->model->nodes[holder];
	return announcements->signals[node] >= taken->count && taken->count > 0 &&
	       announcements->conditions[node] != NO_INDEX && held->lock == taken->lock &&
	       op_flags(held->op) & TRACE_OP_REACQUIRE &&
	       was_woken(announcements, held->thread, announcements->conditions[node]);
}
