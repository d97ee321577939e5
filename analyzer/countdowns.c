/* Goes through those who take the mutexes of conditions. */
#include "countdowns.h"

#include <stdlib.h>

#include "semaphores.h"
#include "signal_sections.h"
#include "xalloc.h"

enum {
	MOST_COUNTED = 64,    /* threads that count */
	MOST_LOOKS = 1 << 28, /* at nodes and events */
};

/* A thread that goes on when all have counted. */
struct passing {
	uint32_t node;	/* by which it took the mutex */
	uint32_t event; /* since when */
};

struct countdown {
	const struct model *model;
	struct questions *questions;
	uint32_t condition, mutex;
	struct passing *passings;
	size_t passing_count;
	uint32_t counted[MOST_COUNTED]; /* nodes */
	size_t counted_count;
	struct code_count count;
	const struct module *module;
};

static bool takes_mutex(const struct countdown *countdown, const struct node *node)
{
	return node->lock == countdown->mutex && !(op_flags(node->op) & TRACE_OP_REACQUIRE);
}

/* The only node by which the thread took the mutex, once; NO_INDEX: there are several. */
static uint32_t only_section(const struct countdown *countdown, uint32_t thread)
{
	const struct model *model = countdown->model;
	uint32_t found = NO_INDEX;

	for (uint32_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];

		if (node->thread != thread || !takes_mutex(countdown, node))
			continue;
		if (found != NO_INDEX || node->count != 1)
			return NO_INDEX;
		found = i;
	}
	return found;
}

/* The last wait of that thread, which had to wait. */
static void pass_woken(struct countdown *countdown, uint32_t event)
{
	const struct event *events = countdown->model->events;
	const uint32_t thread = events[event].thread;
	uint32_t node;

	for (size_t i = 0; i < countdown->passing_count; i++) {
		struct passing *passing = &countdown->passings[i];

		if (events[passing->event].thread != thread)
			continue;
		if (events[passing->event].number < events[event].number)
			passing->event = event;
		return;
	}
	node = only_section(countdown, thread);
	if (node != NO_INDEX)
		countdown->passings[countdown->passing_count++] = (struct passing){node, event};
}

static void find_passings(struct countdown *countdown)
{
	const struct model *model = countdown->model;

	countdown->passings = xcalloc(model->event_count, sizeof(*countdown->passings));
	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		bool woken =
			event->kind == TRACE_EVENT_woken || event->kind == TRACE_EVENT_woken_again;

		if (event->kind == TRACE_EVENT_came && event->asked == countdown->condition)
			countdown->passings[countdown->passing_count++] =
				(struct passing){event->node, i};
		else if (woken && event->lock == countdown->condition)
			pass_woken(countdown, i);
	}
}

static bool is_passing(const struct countdown *countdown, uint32_t node)
{
	for (size_t i = 0; i < countdown->passing_count; i++)
		if (countdown->passings[i].node == node)
			return true;
	return false;
}

/* Whether it counts as those before it do. */
static bool add_counted(struct countdown *countdown, uint32_t node)
{
	const struct module *module;
	struct code_count count;

	if (countdown->model->nodes[node].count != 1 || countdown->counted_count == MOST_COUNTED ||
	    !questions_counts(countdown->questions, node, &count, &module))
		return false;
	if (countdown->counted_count &&
	    (module != countdown->module || count.added != countdown->count.added ||
	     count.variable.address != countdown->count.variable.address ||
	     count.variable.bytes != countdown->count.variable.bytes))
		return false;
	countdown->count = count;
	countdown->module = module;
	countdown->counted[countdown->counted_count++] = node;
	return true;
}

static bool find_counted(struct countdown *countdown)
{
	const struct model *model = countdown->model;

	for (uint32_t i = 0; i < model->node_count; i++)
		if (takes_mutex(countdown, &model->nodes[i]) && !is_passing(countdown, i) &&
		    !add_counted(countdown, i))
			return false;
	return countdown->counted_count > 0;
}

/* Whether it waits until the last one has counted. */
static bool awaits_all(const struct countdown *countdown, uint32_t node)
{
	struct code_variable variable = countdown->count.variable;

	for (size_t i = 0; i < countdown->counted_count; i++) {
		if (!questions_asked_while(countdown->questions, node, countdown->condition,
					   &variable))
			return false;
		variable.value += countdown->count.added;
	}
	return !questions_asked_while(countdown->questions, node, countdown->condition, &variable);
}

/* Whether all who wait for the condition do: one that goes on earlier may change the count. */
static bool all_await_all(const struct countdown *countdown)
{
	for (size_t i = 0; i < countdown->passing_count; i++)
		if (!awaits_all(countdown, countdown->passings[i].node))
			return false;
	return countdown->passing_count > 0;
}

/* The event of the signal that it made there; NO_INDEX: of none. */
static uint32_t signal_at(const struct countdown *countdown, uint32_t node)
{
	const struct model *model = countdown->model;

	for (uint32_t i = 0; i < model->event_count; i++)
		if (signal_in_section(&model->events[i]) && model->events[i].node == node)
			return i;
	return NO_INDEX;
}

static bool is_last_of_thread(const struct model *model, uint32_t node)
{
	const uint32_t thread = model->nodes[node].thread;

	if (!(model->threads[thread].state & TRACE_THREAD_NEWEST_LAST))
		return false;
	for (uint32_t i = node + 1; i < model->node_count; i++)
		if (model->nodes[i].thread == thread)
			return false;
	return true;
}

static void add_order(struct model *model, const struct shown_order *order)
{
	model->shown_orders = xreallocarray(model->shown_orders, model->shown_order_count + 1,
					    sizeof(*model->shown_orders));
	model->shown_orders[model->shown_order_count++] = *order;
}

static void order_all(struct model *model, const struct countdown *countdown,
		      const struct passing *passing, uint32_t signal)
{
	for (size_t i = 0; i < countdown->counted_count; i++) {
		const struct node *node = &model->nodes[countdown->counted[i]];
		const uint32_t own = signal_at(countdown, countdown->counted[i]);
		struct shown_order order = {
			.from = node->thread,
			.to = model->events[passing->event].thread,
			.arrives = model->events[passing->event].epoch,
			.release = own == NO_INDEX ? signal : own,
			.acquire = passing->event,
		};

		if (own != NO_INDEX)
			order.leaves = model->events[own].epoch;
		else if (is_last_of_thread(model, countdown->counted[i]) && node->span_count)
			order.leaves = model->spans[node->first_span].last;
		else
			continue;
		if (order.from != order.to)
			add_order(model, &order);
	}
}

static void look_into(struct model *model, struct questions *questions, uint32_t signal)
{
	const struct event *event = &model->events[signal];
	struct countdown countdown = {
		.model = model,
		.questions = questions,
		.condition = event->lock,
		.mutex = model->nodes[event->node].lock,
	};
	const struct lock *condition = &model->locks[event->lock];

	if (condition->lives > 1 || model->locks[countdown.mutex].lives > 1 ||
	    !sync_may_order(model, condition) ||
	    model->processes[condition->process].forked.thread != NO_INDEX)
		return;
	find_passings(&countdown);
	if (countdown.passing_count && find_counted(&countdown) && all_await_all(&countdown))
		for (size_t i = 0; i < countdown.passing_count; i++)
			order_all(model, &countdown, &countdown.passings[i], signal);
	free(countdown.passings);
}

void countdowns_find(struct model *model, struct questions *questions)
{
	bool *seen = xcalloc(model->lock_count + 1, sizeof(*seen));
	const uint64_t looks = model->event_count + model->node_count;
	uint64_t left = MOST_LOOKS;

	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (!signal_in_section(event) || seen[event->lock] || left < looks)
			continue;
		left -= looks;
		seen[event->lock] = true;
		look_into(model, questions, i);
	}
	free(seen);
}
