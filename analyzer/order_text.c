/* Names the two ends of an order by what was called, and where. */
#include "order_text.h"

#include <stdlib.h>

#include "wrappers.h"
#include "xalloc.h"

static char *call_text(const struct analysis *analysis, const char *called, uint32_t stack)
{
	const struct frame *frame = names_place(analysis->names, stack);

	if (frame && frame->file)
		return xasprintf("%s at %s:%d", called, path_base(frame->file), frame->line);
	if (frame && frame->function)
		return xasprintf("%s in %s", called, frame->function);
	return xstrdup(called);
}

static char *event_text(const struct analysis *analysis, uint32_t index)
{
	const struct event *event = &analysis->model->events[index];
	const char *called = act_function(event->act);

	return call_text(analysis, called ? called : event_kind_name(event->kind), event->stack);
}

static char *node_text(const struct analysis *analysis, uint32_t index)
{
	const struct node *node = &analysis->model->nodes[index];
	const char *called = op_function(node->op);

	return call_text(analysis, called ? called : "a call", node->stack);
}

/* Frees both. */
static char *join_texts(char *before, const char *verb, char *after)
{
	char *text = xasprintf("%s %s %s", before, verb, after);

	free(before);
	free(after);
	return text;
}

char *order_text(const struct analysis *analysis, uint32_t x, uint32_t y)
{
	uint32_t release, acquire;

	if (!order_concurrent(order_of_threads(analysis->order), x, y) ||
	    order_concurrent(analysis->order, x, y) ||
	    !order_events(analysis->order, x, y, &release, &acquire))
		return NULL;
	return join_texts(event_text(analysis, release), "comes before",
			  event_text(analysis, acquire));
}

char *announced_text(const struct analysis *analysis, uint32_t signal, uint32_t join)
{
	return join_texts(node_text(analysis, signal), "is waited for before",
			  node_text(analysis, join));
}
