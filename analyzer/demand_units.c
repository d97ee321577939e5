/* Counts units of semaphores. */
#include "demand_units.h"

#include <stdlib.h>

#include "semaphores.h"
#include "xalloc.h"

static bool is_units(uint16_t kind)
{
	return kind == TRACE_EVENT_posted || kind == TRACE_EVENT_taken;
}

static int compare(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	const struct event *a = &model->events[*(const uint32_t *)left];
	const struct event *b = &model->events[*(const uint32_t *)right];

	if (a->lock != b->lock)
		return a->lock < b->lock ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind == TRACE_EVENT_posted ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* Events of semaphores: of one lock after the other, posts first, each kind by number. */
static size_t list(const struct model *model, const struct semaphore *semaphores, const bool *vague,
		   uint32_t *listed)
{
	size_t count = 0;

	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		const struct semaphore *of = &semaphores[event->lock];

		if (is_units(event->kind) && !vague[event->lock] && of->amount && of->takes)
			listed[count++] = i;
	}
	if (count)
		qsort_r(listed, count, sizeof(*listed), compare, (void *)model);
	return count;
}

uint32_t *demand_units_new(const struct model *model, const bool *vague)
{
	uint32_t *before = xcalloc(model->event_count, sizeof(*before));
	uint32_t *listed = xcalloc(model->event_count, sizeof(*listed));
	struct semaphore *semaphores = semaphores_of(model);
	size_t count = list(model, semaphores, vague, listed), posts = 0, first = 0, takes = 0;

	for (size_t i = 0; i < model->event_count; i++)
		before[i] = model->events[i].number;
	for (size_t i = 0; i < count; i++) {
		const struct event *event = &model->events[listed[i]];
		size_t there = semaphores[event->lock].amount - 1;

		if (i == 0 || event->lock != model->events[listed[i - 1]].lock) {
			first = i;
			posts = takes = 0;
		}
		if (event->kind == TRACE_EVENT_posted)
			posts++;
		else if (++takes <= there)
			before[listed[i]] = 0;
		else if (takes - there <= posts &&
			 before[listed[first + takes - there - 1]] < event->number)
			before[listed[i]] = before[listed[first + takes - there - 1]] + 1;
	}
	free(semaphores);
	free(listed);
	return before;
}
