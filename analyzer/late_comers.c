/* Asks the files whose code took the mutexes. */
#include "late_comers.h"

#include <stdlib.h>

#include "bisect.h"
#include "countdowns.h"
#include "mutex_lives.h"
#include "questions.h"
#include "signal_sections.h"
#include "xalloc.h"

/* What nodes have below them. */
static bool *nested_of(const struct model *model)
{
	const uint8_t none = TRACE_OP_WAIT | TRACE_OP_SIGNAL | TRACE_OP_REACQUIRE;
	bool *nested = xcalloc(model->node_count + 1, sizeof(*nested));

	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];

		if (node->parent != NO_INDEX && !(op_flags(node->op) & none))
			nested[node->parent] = true;
	}
	return nested;
}

/* A condition that was signalled under a mutex. */
struct news {
	uint32_t mutex, condition;
	bool around;	       /* it was held around the mutex that a signal was recorded with */
	bool looked, rivalled; /* rivalled: somebody else may have signalled */
};

static int compare_news(const void *left, const void *right)
{
	const struct news *a = left, *b = right;

	if (a->mutex != b->mutex)
		return a->mutex < b->mutex ? -1 : 1;
	return a->condition < b->condition ? -1 : a->condition > b->condition;
}

/* The next node around it that takes a mutex, if the signal's may be any of those that were held:
 * its condition's was not known. */
static uint32_t section_around(const struct model *model, const struct event *signal, uint32_t node)
{
	if (signal->kind != TRACE_EVENT_unawaited)
		return NO_INDEX;
	do
		node = model->nodes[node].parent;
	while (node != NO_INDEX && op_kind(model->nodes[node].op) != TRACE_LOCK_mutex);
	return node;
}

static struct news *news_of(const struct model *model, size_t *count)
{
	size_t all = 0, size = 0;
	struct news *news = NULL;

	*count = 0;
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		uint32_t node = signal_in_section(event) ? event->node : NO_INDEX;

		for (; node != NO_INDEX; node = section_around(model, event, node)) {
			if (all == size) {
				size = size ? 2 * size : 64;
				news = xreallocarray(news, size, sizeof(*news));
			}
			news[all++] = (struct news){.mutex = model->nodes[node].lock,
						    .condition = event->lock,
						    .around = node != event->node};
		}
	}
	if (all)
		qsort(news, all, sizeof(*news), compare_news);
	for (size_t i = 0; i < all; i++)
		if (i == 0 || compare_news(&news[i - 1], &news[i]))
			news[(*count)++] = news[i];
		else
			news[*count - 1].around |= news[i].around;
	return news;
}

static size_t find_news(const struct news *news, size_t count, struct news wanted)
{
	return BISECT(0, count, i, compare_news(&news[i], &wanted) < 0);
}

static bool may_ask(const struct model *model, const bool *nested, const struct event *event)
{
	const struct node *node = event->node == NO_INDEX ? NULL : &model->nodes[event->node];

	return event->kind == TRACE_EVENT_came && node && !nested[event->node] &&
	       model->processes[model->threads[event->thread].process].forked.thread == NO_INDEX;
}

/* Whether it may be about that condition. Of a record that stands for several mutexes it says. */
static bool may_concern(const struct model *model, const struct event *event,
			const struct news *news)
{
	return news->mutex == event->lock &&
	       (model->locks[event->lock].lives <= 1 || event->news == news->condition);
}

/* That mutex is the one of the condition, and so of its signals where it is around theirs. */
static void settle_sections(struct model *model, uint32_t condition, uint32_t mutex)
{
	for (size_t i = 0; i < model->event_count; i++) {
		struct event *event = &model->events[i];
		uint32_t node = event->lock == condition && signal_in_section(event) ? event->node
										     : NO_INDEX;

		while (node != NO_INDEX && model->nodes[node].lock != mutex)
			node = section_around(model, event, node);
		if (node != NO_INDEX)
			event->node = node;
	}
}

static void look_into(struct questions *questions, struct model *model, struct event *event,
		      struct news *news, size_t count)
{
	size_t i = find_news(news, count, (struct news){.mutex = event->lock});

	for (; i < count && news[i].mutex == event->lock && event->asked == NO_INDEX; i++) {
		if (!may_concern(model, event, &news[i]) ||
		    !questions_asked_alone(questions, event->node, news[i].condition, event->place))
			continue;
		event->asked = news[i].condition;
		if (news[i].around)
			settle_sections(model, news[i].condition, news[i].mutex);
		news[i].around = false;
	}
}

/* Who signalled each condition, one of them. */
static uint32_t *signallers_of(const struct model *model)
{
	uint32_t *signallers = xcalloc(model->lock_count + 1, sizeof(*signallers));

	for (size_t i = 0; i < model->lock_count; i++)
		signallers[i] = NO_INDEX;
	for (size_t i = model->event_count; i-- > 0;)
		if (signal_in_section(&model->events[i]))
			signallers[model->events[i].lock] = model->events[i].thread;
	return signallers;
}

/* Whether one of the nodes that take the mutex is such. */
static bool has_rival(struct questions *questions, const struct model *model,
		      const struct signal_sections *sections, const struct news *news,
		      uint32_t signaller, uint32_t place)
{
	size_t count;
	const uint32_t *nodes = signal_sections_nodes(sections, news->mutex, &count);

	for (size_t i = 0; i < count; i++) {
		const struct node *node = &model->nodes[nodes[i]];

		if (node->thread != signaller && !(op_flags(node->op) & TRACE_OP_REACQUIRE) &&
		    questions_may_signal(questions, nodes[i], news->condition, place) &&
		    !questions_asked_alone(questions, nodes[i], news->condition, place) &&
		    !mutex_was_another(model, node, news->condition))
			return true;
	}
	return false;
}

/* Of several that came late for the same the first is asked about. */
static void find_rivals(struct questions *questions, struct model *model, struct news *news,
			size_t count)
{
	struct signal_sections *sections = signal_sections_new(model);
	uint32_t *signallers = signallers_of(model);

	for (size_t i = 0; i < model->event_count; i++) {
		struct event *event = &model->events[i];

		if (event->kind != TRACE_EVENT_came || event->asked == NO_INDEX)
			continue;
		struct news *one = &news[find_news(
			news, count,
			(struct news){.mutex = event->lock, .condition = event->asked})];
		if (!one->looked)
			one->rivalled = has_rival(questions, model, sections, one,
						  signallers[event->asked], event->place);
		one->looked = true;
		event->rivalled = one->rivalled;
	}
	free(signallers);
	signal_sections_free(sections);
}

void late_comers_find(struct model *model)
{
	size_t count;
	struct news *news = news_of(model, &count);

	if (count) {
		struct questions *questions = questions_new(model);
		bool *nested = nested_of(model);

		for (size_t i = 0; i < model->event_count; i++)
			if (may_ask(model, nested, &model->events[i]))
				look_into(questions, model, &model->events[i], news, count);
		find_rivals(questions, model, news, count);
		countdowns_find(model, questions);
		questions_free(questions);
		free(nested);
	}
	free(news);
}
