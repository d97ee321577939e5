/* Owns the least that can be: everybody is at the beginning, and goes on as long as somebody can.
 */
#include "held_back_private.h"

#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "sync_order.h"
#include "xalloc.h"

static int by_owner(const void *left, const void *right)
{
	const struct gate *a = left, *b = right;

	if (a->owner != b->owner)
		return compare_numbers(a->owner, b->owner);
	return a->epoch != b->epoch ? compare_numbers(a->epoch, b->epoch)
				    : compare_numbers(a->index, b->index);
}

static int by_thread(const void *left, const void *right)
{
	const struct made *a = left, *b = right;

	return a->thread != b->thread ? compare_numbers(a->thread, b->thread)
				      : compare_numbers(a->epoch, b->epoch);
}

static int by_number(const void *left, const void *right, void *context)
{
	const struct event *events = context;
	const struct event *a = &events[*(const uint32_t *)left];
	const struct event *b = &events[*(const uint32_t *)right];

	return a->lock != b->lock ? compare_numbers(a->lock, b->lock)
				  : compare_numbers(a->number, b->number);
}

static void list_releases(struct held_back *held)
{
	const struct model *model = held->model;
	size_t count = 0, at = 0;

	held->releases = xcalloc(model->event_count + 1, sizeof(*held->releases));
	held->first_release = xcalloc(model->lock_count + 1, sizeof(*held->first_release));
	for (uint32_t i = 0; i < model->event_count; i++)
		if (event_gives_way(model->events[i].kind))
			held->releases[count++] = i;
	if (count)
		qsort_r(held->releases, count, sizeof(*held->releases), by_number, model->events);
	for (size_t lock = 0; lock <= model->lock_count; lock++) {
		while (at < count && model->events[held->releases[at]].lock < lock)
			at++;
		held->first_release[lock] = at;
	}
}

static void list_made(struct held_back *held)
{
	const struct sync_units *units = held->units;

	held->made = xcalloc(units->event_count + 1, sizeof(*held->made));
	for (size_t i = 0; i < units->count; i++)
		for (size_t k = units->items[i].releases; k < units->items[i].acquires; k++) {
			const struct event *event = &held->model->events[units->events[k]];

			held->made[held->made_count++] =
				(struct made){event->thread, event->epoch, (uint32_t)i};
		}
	if (held->made_count)
		qsort(held->made, held->made_count, sizeof(*held->made), by_thread);
}

static struct gate *add_gate(struct held_back *held, uint32_t owner, uint32_t epoch)
{
	struct gate *gate = &held->gates[held->gate_count++];

	*gate = (struct gate){
		.owner = owner,
		.epoch = epoch,
		.from = NO_INDEX,
		.units = NO_INDEX,
		.event = NO_INDEX,
		.unsure = NO_INDEX,
	};
	return gate;
}

static bool is_try(const struct held_back *held, uint32_t event)
{
	return event != NO_INDEX && op_flags(held->model->events[event].act) & TRACE_OP_TRY;
}

static void add_takes(struct held_back *held, uint32_t object, bool *counted)
{
	const struct units *units = &held->units->items[object];
	const struct event *last = NULL;

	for (size_t k = units->acquires; k < units->end; k++) {
		const uint32_t index = held->units->events[k];
		const struct event *event = &held->model->events[index];
		struct gate *gate = add_gate(held, event->thread, event->epoch);

		gate->units = object;
		gate->tries = is_try(held, index);
		gate->index = event->index;
		held->run_count += !last || last->thread != event->thread;
		gate->run = held->run_count - 1;
		counted[index] = true;
		last = event;
	}
}

static void list_gates(struct held_back *held, const struct order_edges *edges)
{
	const struct model *model = held->model;
	bool *counted = xcalloc(model->event_count + 1, sizeof(*counted));

	held->gates = xcalloc(edges->count + model->event_count + held->unsures.count + 1,
			      sizeof(*held->gates));
	for (size_t i = 0; i < edges->count; i++) {
		struct gate *gate = add_gate(held, edges->items[i].to, edges->items[i].arrives);

		gate->from = edges->items[i].from;
		gate->leaves = edges->items[i].leaves;
		gate->tries = is_try(held, edges->items[i].acquire);
	}
	for (uint32_t i = 0; i < held->units->count; i++)
		add_takes(held, i, counted);
	for (uint32_t i = 0; i < model->event_count; i++)
		if (!counted[i] && !event_gives_way(model->events[i].kind))
			add_gate(held, model->events[i].thread, model->events[i].epoch)->event = i;
	for (uint32_t i = 0; i < held->unsures.count; i++)
		add_gate(held, held->unsures.items[i].thread, held->unsures.items[i].epoch)
			->unsure = i;
	qsort(held->gates, held->gate_count, sizeof(*held->gates), by_owner);
	free(counted);
}

/* Where the lines of threads and hubs begin in the lists. */
static void list_lines(struct held_back *held)
{
	size_t gate = 0, made = 0;

	held->lines = xcalloc(held->line_count, sizeof(*held->lines));
	held->begin = xcalloc(held->line_count, sizeof(*held->begin));
	for (uint32_t i = 0; i < held->line_count; i++) {
		struct line *line = &held->begin[i];

		line->held = NOWHERE;
		line->gate = gate;
		while (gate < held->gate_count && held->gates[gate].owner == i)
			gate++;
		line->gate_end = gate;
		line->made = made;
		while (made < held->made_count && held->made[made].thread == i)
			made++;
		line->made_end = made;
	}
}

static size_t lines_needed(const struct model *model, const struct order_edges *edges)
{
	size_t most = model->thread_count;

	for (size_t i = 0; i < edges->count; i++) {
		if (edges->items[i].from >= most)
			most = edges->items[i].from + 1;
		if (edges->items[i].to >= most)
			most = edges->items[i].to + 1;
	}
	return most;
}

struct held_back *held_back_new(const struct model *model, const struct order *order,
				const struct sync_units *units, const struct told *told)
{
	const struct order_edges *edges = order_edges_of(order);
	struct held_back *held = xcalloc(1, sizeof(*held));

	held->model = model;
	held->units = units;
	held->told = told;
	held->line_count = lines_needed(model, edges);
	held->there = xcalloc(units->count + 1, sizeof(*held->there));
	held->taken = xcalloc(units->count + 1, sizeof(*held->taken));
	held->unsures = unsures_of(model, told);
	list_releases(held);
	list_made(held);
	list_gates(held, edges);
	list_lines(held);
	held->had = xcalloc(held->run_count + 1, sizeof(*held->had));
	return held;
}

void held_back_free(struct held_back *held)
{
	if (!held)
		return;
	free(held->gates);
	free(held->made);
	free(held->lines);
	free(held->begin);
	free(held->there);
	free(held->taken);
	free(held->had);
	free(held->releases);
	free(held->first_release);
	unsures_free(&held->unsures);
	held_locks_free(held->locks);
	free(held->called);
	free(held);
}

/* Whether the line has the end of that epoch behind it. */
static bool is_past(const struct held_back *held, uint32_t line, uint32_t epoch)
{
	return epoch < held->lines[line].done;
}

static bool all_done_before(const struct held_back *held, const struct event *event,
			    uint64_t *steps)
{
	const struct event *events = held->model->events;

	for (size_t i = held->first_release[event->lock]; i < held->first_release[event->lock + 1];
	     i++) {
		const struct event *release = &events[held->releases[i]];

		if (release->number > event->number)
			break;
		if (*steps)
			--*steps;
		if (!is_past(held, release->thread, release->epoch))
			return false;
	}
	return true;
}

bool held_back_is_open(const struct held_back *held, const struct gate *gate, uint64_t *steps)
{
	uint64_t there, gone;

	if (*steps)
		--*steps;
	if (gate->tries && !held->surely)
		return true;
	if (gate->unsure != NO_INDEX)
		return !held->surely || gate->owner == held->waiter ||
		       unsures_is_sure(&held->unsures, &held->unsures.items[gate->unsure]);
	if (gate->from != NO_INDEX)
		return is_past(held, gate->from, gate->leaves);
	if (gate->event != NO_INDEX)
		return !held->surely ||
		       all_done_before(held, &held->model->events[gate->event], steps);
	there = held->there[gate->units];
	gone = held->taken[gate->units] - held->had[gate->run];
	return there == ENDLESS_UNITS || there >= gone + gate->index;
}

/* It has entered all epochs below the one, and done all in those below the other. */
static void enter(struct held_back *held, struct line *line, uint64_t reach, uint64_t done)
{
	line->reach = reach;
	line->done = done;
	for (; line->made < line->made_end; line->made++) {
		const struct made *made = &held->made[line->made];

		if (made->epoch >= done)
			break;
		if (held->there[made->units] != ENDLESS_UNITS)
			held->there[made->units]++;
	}
}

static void take(struct held_back *held, const struct gate *gate)
{
	held->taken[gate->units] += gate->index - held->had[gate->run];
	held->had[gate->run] = gate->index;
}

/* Whether it does not come so far, as others hold what it may take on its way; it goes on until
 * then.
 */
static bool stops_short(struct held_back *held, uint32_t index, uint64_t goal, uint64_t *steps)
{
	struct line *line = &held->lines[index];
	uint64_t until;

	if (index >= held->model->thread_count || goal <= line->done)
		return false;
	until = held_locks_until(held->locks, index, line->done, goal, steps);
	if (until > line->done) {
		held_locks_come(held->locks, index, until);
		if (until < goal)
			enter(held, line, until, until);
	}
	return until < goal;
}

bool held_back_step(struct held_back *held, uint32_t index, uint64_t *steps)
{
	struct line *line = &held->lines[index];
	const struct gate *gate = &held->gates[line->gate];
	const uint64_t reach = line->reach;

	const bool end = line->gate == line->gate_end || gate->epoch > line->held;

	if (held->surely && held->locked &&
	    stops_short(held, index, end ? line->held : gate->epoch, steps))
		return line->reach != reach;
	if (end) {
		enter(held, line, line->held == NOWHERE ? NOWHERE : line->held + 1, line->held);
		return line->reach != reach;
	}
	enter(held, line, gate->epoch, gate->epoch);
	if (!held_back_is_open(held, gate, steps)) {
		held->unsure |= gate->unsure != NO_INDEX || gate->event != NO_INDEX;
		return line->reach != reach;
	}
	if (held->surely && gate->units != NO_INDEX)
		take(held, gate);
	line->gate++;
	return true;
}

/* As far as it can. */
static void go_on(struct held_back *held, uint32_t index, uint64_t *steps)
{
	while (held_back_step(held, index, steps))
		;
}

void held_back_hold(struct held_back *held, uint32_t thread, uint32_t epoch, uint64_t undone)
{
	if (epoch < held->lines[thread].held)
		held->lines[thread].held = epoch;
	unsures_hold(&held->unsures, thread, undone);
}

void held_back_begin(struct held_back *held, const struct held_point *points, size_t count)
{
	memcpy(held->lines, held->begin, held->line_count * sizeof(*held->lines));
	memset(held->taken, 0, held->units->count * sizeof(*held->taken));
	memset(held->had, 0, held->run_count * sizeof(*held->had));
	for (size_t i = 0; i < held->units->count; i++)
		held->there[i] = held->units->items[i].there;
	unsures_begin(&held->unsures);
	for (size_t i = 0; i < count; i++)
		held_back_hold(held, points[i].thread, points[i].epoch, points[i].epoch);
	held->locked = false;
}

static void begin(struct held_back *held, const struct held_point *wait,
		  const struct held_point *points, size_t count)
{
	held_back_begin(held, points, count);
	held_back_hold(held, wait->thread, wait->epoch - 1, wait->epoch);
	held->waiter = wait->thread;
}

void held_back_all_go_on(struct held_back *held, uint32_t first, uint64_t *steps)
{
	bool any = true;

	go_on(held, first, steps);
	while (any && *steps) {
		any = false;
		for (uint32_t i = 0; i < held->line_count && *steps; i++) {
			--*steps;
			while (held_back_step(held, i, steps)) {
				any = true;
				go_on(held, first, steps);
			}
		}
	}
}

bool held_back_is_free(const struct held_back *held, const struct held_point *wait, uint64_t *steps)
{
	const struct line *line = &held->lines[wait->thread];

	for (size_t i = line->gate; i < line->gate_end && held->gates[i].epoch == wait->epoch; i++)
		if (!held_back_is_open(held, &held->gates[i], steps))
			return false;
	return true;
}

bool held_back_was_sure(const struct held_back *held)
{
	return !held->unsure && held_locks_was_sure(held->locks);
}

bool held_back_may_come(struct held_back *held, const struct held_point *wait,
			const struct held_point *points, size_t count, uint64_t *steps)
{
	begin(held, wait, points, count);
	held->surely = false;
	held_back_all_go_on(held, wait->thread, steps);
	return held->lines[wait->thread].reach >= wait->epoch || !*steps;
}
