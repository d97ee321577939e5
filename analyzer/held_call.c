/*
 * Owns how a thread is let come somewhere while the others stay where they are, but for those it
 * needs: who goes on for nothing may come to hold what others have to take first.
 */
#include "held_back_private.h"

#include "section.h"
#include "xalloc.h"

/* For one that is called from outside, at most. */
enum { MOST_CALLS = 512 };

static bool call(struct held_back *held, uint32_t index, uint64_t goal, bool enter,
		 uint64_t *steps);

static bool calls_past(struct held_back *held, uint32_t index, uint32_t epoch, uint64_t *steps)
{
	return call(held, index, (uint64_t)epoch + 1, false, steps);
}

static void call_for_event(struct held_back *held, const struct event *event, uint64_t *steps)
{
	const struct event *events = held->model->events;

	for (size_t i = held->first_release[event->lock];
	     i < held->first_release[event->lock + 1] && *steps; i++) {
		const struct event *release = &events[held->releases[i]];

		if (release->number > event->number ||
		    !calls_past(held, release->thread, release->epoch, steps))
			return;
	}
}

/* What the thread is yet to make of them, until the gate is open. */
static bool calls_for_units(struct held_back *held, const struct gate *gate, uint32_t thread,
			    uint64_t *steps)
{
	for (size_t i = held->lines[thread].made;
	     i < held->lines[thread].made_end && held->calls_left && *steps; i++) {
		const struct made *made = &held->made[i];

		--*steps;
		if (made->units != gate->units)
			continue;
		if (!calls_past(held, thread, made->epoch, steps))
			return held_back_is_open(held, gate, steps);
		if (held_back_is_open(held, gate, steps))
			return true;
	}
	return false;
}

static void call_for_units(struct held_back *held, const struct gate *gate, uint64_t *steps)
{
	for (uint32_t i = 0; i < held->model->thread_count && *steps; i++) {
		--*steps;
		if (!held->called[i] && calls_for_units(held, gate, i, steps))
			return;
	}
}

/* Whether the gate is open, after those went on without whom it is not. */
static bool opens(struct held_back *held, const struct gate *gate, uint64_t *steps)
{
	if (held_back_is_open(held, gate, steps))
		return true;
	if (gate->unsure != NO_INDEX)
		return false;
	if (gate->from != NO_INDEX)
		calls_past(held, gate->from, gate->leaves, steps);
	else if (gate->event != NO_INDEX)
		call_for_event(held, &held->model->events[gate->event], steps);
	else
		call_for_units(held, gate, steps);
	return held_back_is_open(held, gate, steps);
}

/* The outermost lock of the node's path that is taken in that epoch, and not held from before. */
static uint32_t first_taken(const struct model *model, uint32_t node, uint32_t epoch)
{
	while (model->nodes[node].parent != NO_INDEX &&
	       node_surely_occurs(model, model->nodes[node].parent, epoch))
		node = model->nodes[node].parent;
	return node;
}

/* To where it takes that, in that epoch. */
static bool goes_to_first(struct held_back *held, uint32_t thread, uint32_t epoch, uint32_t node,
			  uint64_t *steps)
{
	const struct line *line = &held->lines[thread];
	const uint32_t path = held_locks_of(held->locks, thread);
	uint32_t first;

	if (node == NO_INDEX || line->done != epoch || line->reach <= epoch || path == NO_INDEX)
		return false;
	first = first_taken(held->model, node, epoch);
	return path != held->model->nodes[first].parent &&
	       node_surely_occurs(held->model, first, epoch) &&
	       held_locks_go_to(held->locks, first, epoch, steps);
}

/* The same of one of them. */
static bool goes_to_begin(struct held_back *held, uint32_t thread, uint64_t *steps)
{
	for (size_t i = 0; i < held->stop_count; i++) {
		const struct held_stop *stop = &held->stops[i];

		if (stop->thread == thread && !(held->there_yet & 1u << i))
			return goes_to_first(held, thread, stop->since, stop->node, steps);
	}
	for (size_t i = 0; i < held->point_count; i++) {
		const struct held_point *point = &held->points[i];

		if (point->thread == thread)
			return goes_to_first(held, thread, point->epoch, point->node, steps);
	}
	return false;
}

bool held_back_all_to_begin(struct held_back *held, uint64_t *steps)
{
	bool any = false;

	for (size_t i = 0; i < held->stop_count; i++)
		any |= goes_to_begin(held, held->stops[i].thread, steps);
	for (size_t i = 0; i < held->point_count; i++)
		any |= goes_to_begin(held, held->points[i].thread, steps);
	return any;
}

/* Whether that one, which holds something, goes on. */
static bool moves_on(struct held_back *held, uint32_t thread, uint64_t *steps)
{
	const struct line *line = &held->lines[thread];

	if (line->done < line->held)
		return call(held, thread, line->done + 1, false, steps);
	if (line->reach <= line->done && !call(held, thread, line->done, true, steps))
		return false;
	return goes_to_begin(held, thread, steps);
}

/* Into the next epoch only. */
static bool steps_once(struct held_back *held, uint32_t index, uint64_t *steps)
{
	struct line *line = &held->lines[index];
	const uint64_t until = line->held;
	bool any;

	if (line->done + 1 < until)
		line->held = line->done + 1;
	any = held_back_step(held, index, steps);
	line->held = until;
	return any;
}

/* Whether it, or another one for it, went on. What it waits for comes before what it takes. */
static bool goes_on(struct held_back *held, uint32_t index, uint64_t *steps)
{
	const struct line *line = &held->lines[index];
	const struct gate *gate = line->gate < line->gate_end ? &held->gates[line->gate] : NULL;
	uint32_t other;

	if (gate && gate->epoch > line->held)
		gate = NULL;
	if (gate && held->calls_left && !opens(held, gate, steps)) {
		if (steps_once(held, index, steps))
			return true;
	} else if (held_back_step(held, index, steps)) {
		return true;
	}
	if (gate && line->done >= gate->epoch)
		return opens(held, gate, steps);
	if (index >= held->model->thread_count)
		return false;
	other = held_locks_in_the_way(held->locks, index, line->done, steps);
	return other != NO_INDEX && moves_on(held, other, steps);
}

static bool is_there(const struct line *line, uint64_t goal, bool enter)
{
	return enter ? line->reach > goal : line->done >= goal;
}

static bool call(struct held_back *held, uint32_t index, uint64_t goal, bool enter, uint64_t *steps)
{
	struct line *line = &held->lines[index];
	const uint64_t until = line->held;

	if (held->called[index] || goal > until || !held->calls_left)
		return is_there(line, goal, enter);
	held->calls_left--;
	held->called[index] = true;
	line->held = goal;
	while (!is_there(line, goal, enter) && *steps && goes_on(held, index, steps))
		;
	line->held = until;
	held->called[index] = false;
	return is_there(line, goal, enter);
}

bool held_back_call(struct held_back *held, uint32_t line, uint64_t epoch, uint64_t *steps)
{
	if (!held->called)
		held->called = xcalloc(held->line_count, sizeof(*held->called));
	held->calls_left = MOST_CALLS;
	return call(held, line, epoch, true, steps);
}
