/* Names the two ends of an order by what was called, and where. */
#include "order_text.h"

#include <stdlib.h>

#include "wrappers.h"
#include "xalloc.h"

static char *event_text(const struct analysis *analysis, uint32_t index)
{
	const struct event *event = &analysis->model->events[index];
	const struct frame *frame = names_place(analysis->names, event->stack);
	const char *called = act_function(event->act);

	called = called ? called : event_kind_name(event->kind);
	if (frame && frame->file)
		return xasprintf("%s at %s:%d", called, path_base(frame->file), frame->line);
	if (frame && frame->function)
		return xasprintf("%s in %s", called, frame->function);
	return xstrdup(called);
}

char *order_text(const struct analysis *analysis, uint32_t x, uint32_t y)
{
	uint32_t release, acquire;
	char *before, *after, *text;

	if (!order_concurrent(order_of_threads(analysis->order), x, y) ||
	    order_concurrent(analysis->order, x, y) ||
	    !order_events(analysis->order, x, y, &release, &acquire))
		return NULL;
	before = event_text(analysis, release);
	after = event_text(analysis, acquire);
	text = xasprintf("%s comes before %s", before, after);
	free(before);
	free(after);
	return text;
}
