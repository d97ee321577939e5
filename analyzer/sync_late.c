#include "sync_late.h"

#include <stdlib.h>

#include "mutex_lives.h"
#include "semaphores.h"
#include "xalloc.h"

/* Of one condition: who signals it. */
struct signaller {
	uint32_t threads;
	const struct tally *tally; /* of one of them */
	uint32_t first;		   /* event; NO_INDEX: none is known */
	bool looked, alike;	   /* is_done_alike, once it was looked */
};

static struct signaller *signallers_of(const struct model *model)
{
	struct signaller *signallers = xcalloc(model->lock_count, sizeof(*signallers));

	for (size_t i = 0; i < model->lock_count; i++)
		signallers[i].first = NO_INDEX;
	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];

		if (tally->kind != TRACE_EVENT_signalled)
			continue;
		signallers[tally->lock].threads++;
		signallers[tally->lock].tally = tally;
	}
	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if ((event->kind == TRACE_EVENT_signalled ||
		     event->kind == TRACE_EVENT_unawaited) &&
		    event->index == 1)
			signallers[event->lock].first = i;
	}
	return signallers;
}

/* Where the function that signalled took the mutex, or called who did. */
static uint64_t site_of(const struct model *model, const struct stack *hold,
			const struct stack *signal)
{
	uint32_t held = hold->count, signalled = signal->count;

	while (held > 1 && signalled > 0 &&
	       model->pcs[hold->first_pc + held - 1] ==
		       model->pcs[signal->first_pc + signalled - 1])
		held--, signalled--;
	return model->pcs[hold->first_pc + held - 1];
}

static bool has_site(const struct model *model, const struct stack *stack, uint64_t site)
{
	for (size_t i = 0; i < stack->count; i++)
		if (model->pcs[stack->first_pc + i] == site)
			return true;
	return false;
}

/* Whether another thread took the mutex there. It might have had to signal, if it had been first:
 * it may have found that all is so already. */
static bool is_done_alike(const struct model *model, const struct event *first)
{
	const struct node *own = &model->nodes[first->node];
	uint64_t site;

	if (own->stack == NO_INDEX || first->stack == NO_INDEX || !model->stacks[own->stack].count)
		return true;
	site = site_of(model, &model->stacks[own->stack], &model->stacks[first->stack]);
	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];

		if (node->lock != own->lock || node->thread == first->thread ||
		    op_flags(node->op) & TRACE_OP_REACQUIRE || node->stack == NO_INDEX)
			continue;
		if (has_site(model, &model->stacks[node->stack], site) &&
		    !mutex_was_another(model, node, first->lock))
			return true;
	}
	return false;
}

/* Whether the thread signalled whenever it took that mutex, and did so alone. */
static bool is_trusted(const struct model *model, const struct signal_sections *sections,
		       struct signaller *signaller, uint32_t mutex)
{
	const struct event *first = &model->events[signaller->first];
	const struct node *node = first->node == NO_INDEX ? NULL : &model->nodes[first->node];

	bool good =
		signaller->threads == 1 && node && node->lock == mutex &&
		node->count <= signaller->tally->count &&
		signal_sections_count(sections, first->thread, mutex, first->epoch) == node->count;
	if (good && !signaller->looked) {
		signaller->looked = true;
		signaller->alike = is_done_alike(model, first);
	}
	return good && !signaller->alike;
}

void sync_late_add(const struct model *model, const struct signal_sections *sections,
		   struct order_edges *edges)
{
	struct signaller *signallers = NULL;

	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *came = &model->events[i];

		if (came->kind != TRACE_EVENT_came || came->asked == NO_INDEX || came->rivalled)
			continue;
		signallers = signallers ? signallers : signallers_of(model);
		struct signaller *signaller = &signallers[came->asked];
		const struct lock *condition = &model->locks[came->asked];

		if (signaller->first == NO_INDEX || condition->lives > 1 ||
		    !sync_may_order(model, condition) ||
		    !is_trusted(model, sections, signaller, came->lock))
			continue;
		const struct event *first = &model->events[signaller->first];
		const uint32_t leaves = signal_sections_before(sections, first);

		if (first->thread != came->thread && first->number < came->number &&
		    leaves != NO_INDEX)
			order_edges_add(edges, &(struct order_edge){
						       .from = first->thread,
						       .leaves = leaves,
						       .to = came->thread,
						       .arrives = came->epoch,
						       .release = signaller->first,
						       .acquire = i,
					       });
	}
	free(signallers);
	for (size_t i = 0; i < model->shown_order_count; i++) {
		const struct shown_order *order = &model->shown_orders[i];

		order_edges_add(edges, &(struct order_edge){order->from, order->leaves, order->to,
							    order->arrives, order->release,
							    order->acquire});
	}
}
