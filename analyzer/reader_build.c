/* Owns the order in which an image gets into the model: places first, then records, then spans. */
#include "reader_build.h"

#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "model_sum.h"
#include "reader_put.h"
#include "reader_wants.h"
#include "record_table.h"
#include "xalloc.h"

static double header_ns_per_tick(const struct trace_header *h)
{
	const double shortest_ns = 1e6; /* below this the pairs are too close for a good ratio */
	uint64_t ns = h->mono_ns[1] > h->mono_ns[0] ? h->mono_ns[1] - h->mono_ns[0] : 0;
	uint64_t ticks = h->ticks[1] > h->ticks[0] ? h->ticks[1] - h->ticks[0] : 0;

	if ((double)ns < shortest_ns && h->nominal_hz)
		return 1e9 / (double)h->nominal_hz;
	return ns && ticks ? (double)ns / (double)ticks : 1;
}

static uint64_t header_duration(const struct trace_header *h)
{
	uint64_t end =
		h->end != TRACE_END_running && h->end_mono_ns ? h->end_mono_ns : h->mono_ns[1];

	return end > h->mono_ns[0] ? end - h->mono_ns[0] : 0;
}

static void add_process(struct build *build)
{
	const struct trace_header *h = &build->image->header;
	struct process *process = &build->model->processes[build->process];

	*process = (struct process){
		.path = xstrdup(build->image->path),
		.pid = h->pid,
		.parent_pid = h->parent_pid,
		.exe = xstrdup(""),
		.end = (enum trace_end)h->end,
		.end_value = h->end_value,
		.start_realtime_ns = h->start_realtime_ns,
		.duration_ns = header_duration(h),
		.start_ticks = h->ticks[0],
		.start_mono_ns = h->mono_ns[0],
		.end_mono_ns = h->end != TRACE_END_running ? h->end_mono_ns : 0,
		.early = h->early,
		.widened = h->widened,
		.ns_per_tick = build->ns_per_tick,
		.complete = true,
		.reaped_by = NO_INDEX,
		.before = NO_INDEX,
		.forked.thread = NO_INDEX,
	};
	for (unsigned i = 0; i < TRACE_DROP_SLOTS; i++) {
		process->drops[i] = h->drops[i];
		process->complete &= h->drops[i] == 0;
	}
}

static void put_round(struct build *build, int round)
{
	for (size_t i = 0; i < build->image->record_count; i++) {
		const struct trace_record *record =
			image_record(build->image, build->image->records[i]);

		if (reader_puts[record->type].round == round)
			reader_puts[record->type].put(build, record, record->size);
	}
}

static void put_span(struct model *model, uint32_t node_index, uint32_t first, uint32_t last)
{
	struct node *node = &model->nodes[node_index];
	struct span span = {first < last ? first : last, first < last ? last : first};
	uint32_t at = node->first_span + node->span_count++;

	/* Sorted; they come nearly so. */
	for (; at > node->first_span && model->spans[at - 1].first > span.first; at--)
		model->spans[at] = model->spans[at - 1];
	model->spans[at] = span;
}

/*
 * Spans lie together node by node: the earlier ones of each node are counted, now they get their
 * places. The newest one, in the node itself, may be seen between two stores: then its ends are
 * crossed.
 */
static void put_spans(struct build *build)
{
	struct model *model = build->model;
	size_t next = model->span_count;

	for (size_t n = build->first[TRACE_TYPE_node]; n < model->node_count; n++) {
		model->nodes[n].first_span = (uint32_t)next;
		next += model->nodes[n].span_count + (model->nodes[n].count > 0);
		model->nodes[n].span_count = 0;
	}
	model->span_count = next;
	for (size_t i = 0; i < build->image->record_count; i++) {
		const struct trace_record *record =
			image_record(build->image, build->image->records[i]);
		const struct trace_node *node = (const struct trace_node *)record;
		const struct trace_span *span = (const struct trace_span *)record;

		if (record->type == TRACE_TYPE_node && model->nodes[record->size].count)
			put_span(model, record->size, node->first_epoch, node->last_epoch);
		else if (record->type == TRACE_TYPE_span)
			put_span(model, index_of(build, span->node), span->first_epoch,
				 span->last_epoch);
	}
}

static void count_records(struct build *build)
{
	for (size_t i = 0; i < build->image->record_count; i++) {
		struct trace_record *record = image_record(build->image, build->image->records[i]);

		if (record->type == TRACE_TYPE_stack)
			build->frames += ((struct trace_stack *)record)->count;
		build->count[record->type]++;
	}
}

/* After this head.size is the index. */
static void number_records(struct build *build)
{
	size_t next[RECORD_TYPES];

	memcpy(next, build->first, sizeof(next));
	for (size_t i = 0; i < build->image->record_count; i++) {
		struct trace_record *record = image_record(build->image, build->image->records[i]);

		record->size = (uint32_t)next[record->type]++;
	}
}

/* Room for `most` more elements at the end of an array of the model. */
#define GROW(model, array, array_count, most) \
	((model)->array = xreallocarray((model)->array, (model)->array_count + (most), \
					sizeof(*(model)->array)))

static void make_room(struct build *build)
{
	struct model *model = build->model;
	size_t *count = build->count;

	GROW(model, processes, process_count, 1);
	GROW(model, modules, module_count, count[TRACE_TYPE_module]);
	GROW(model, threads, thread_count, count[TRACE_TYPE_thread]);
	GROW(model, stacks, stack_count, count[TRACE_TYPE_stack]);
	/* What live threads want may have no record. */
	GROW(model, scripts, script_count, count[TRACE_TYPE_script]);
	GROW(model, locks, lock_count, count[TRACE_TYPE_lock] + 2 * count[TRACE_TYPE_held]);
	GROW(model, nodes, node_count, count[TRACE_TYPE_node]);
	GROW(model, spans, span_count, count[TRACE_TYPE_span] + count[TRACE_TYPE_node]);
	GROW(model, across, across_count, count[TRACE_TYPE_across]);
	GROW(model, tasks, task_count, count[TRACE_TYPE_task]);
	GROW(model, signals, signal_count, count[TRACE_TYPE_signal]);
	GROW(model, waits, wait_count, count[TRACE_TYPE_wait]);
	GROW(model, trials, trial_count, count[TRACE_TYPE_trial]);
	/* A lock that was waited for has a wait. */
	GROW(model, histograms, histogram_count,
	     count[TRACE_TYPE_histogram] + count[TRACE_TYPE_wait]);
	GROW(model, helds, held_count, count[TRACE_TYPE_held]);
	GROW(model, misuses, misuse_count, count[TRACE_TYPE_misuse]);
	GROW(model, deadlocks, deadlock_count, count[TRACE_TYPE_deadlock]);
	GROW(model, events, event_count, count[TRACE_TYPE_event]);
	GROW(model, tallies, tally_count, count[TRACE_TYPE_tally]);
	GROW(model, futexes, futex_count, count[TRACE_TYPE_futex]);
	GROW(model, wakes, wake_count, (TRACE_WAKES + 1) * count[TRACE_TYPE_wakes]);
	GROW(model, reaps, reap_count, count[TRACE_TYPE_reaped]);
	GROW(model, awaited, awaited_count, count[TRACE_TYPE_awaited]);
	GROW(model, pcs, pc_count, build->frames);
}

static void take_places(struct build *build)
{
	struct model *model = build->model;
	size_t *const counts[RECORD_TYPES] = {
		[TRACE_TYPE_module] = &model->module_count,
		[TRACE_TYPE_thread] = &model->thread_count,
		[TRACE_TYPE_stack] = &model->stack_count,
		[TRACE_TYPE_script] = &model->script_count,
		[TRACE_TYPE_lock] = &model->lock_count,
		[TRACE_TYPE_node] = &model->node_count,
		[TRACE_TYPE_across] = &model->across_count,
		[TRACE_TYPE_task] = &model->task_count,
		[TRACE_TYPE_signal] = &model->signal_count,
		[TRACE_TYPE_awaited] = &model->awaited_count,
		[TRACE_TYPE_wait] = &model->wait_count,
		[TRACE_TYPE_trial] = &model->trial_count,
		[TRACE_TYPE_histogram] = &model->histogram_count,
		[TRACE_TYPE_misuse] = &model->misuse_count,
		[TRACE_TYPE_event] = &model->event_count,
		[TRACE_TYPE_tally] = &model->tally_count,
		[TRACE_TYPE_futex] = &model->futex_count,
	};

	for (unsigned type = 0; type < RECORD_TYPES; type++) {
		if (!counts[type])
			continue;
		build->first[type] = *counts[type];
		*counts[type] += build->count[type];
	}
}

/* Whether indices stay below NO_INDEX. One file has at most 2^32/2 records; the model adds up. */
static bool fits(const struct build *build)
{
	const struct model *model = build->model;
	const size_t before = model->node_count + model->span_count + model->stack_count +
			      model->histogram_count + model->lock_count + model->event_count +
			      model->tally_count;

	return before + 2 * build->image->record_count < NO_INDEX;
}

/* What was only asked for is no acquisition, but a situation. */
static void settle_trials(struct model *model, size_t first_trial)
{
	for (size_t i = first_trial; i < model->trial_count; i++) {
		struct node *node = &model->nodes[model->trials[i].node];
		uint32_t asked = model->trials[i].asked;

		if (!asked || !node->count)
			continue;
		node->implied = node->count <= asked;
		node->count = node->implied ? 1 : node->count - asked;
	}
}

static int by_number(const void *left, const void *right)
{
	const struct event *a = left, *b = right;

	return compare_numbers(a->number, b->number);
}

/* Records that are no event or tally any more are used again: so they are not in order, either. */
static void settle_events(struct model *model, size_t first_event, size_t first_tally,
			  size_t first_across)
{
	size_t events = first_event, tallies = first_tally, across = first_across;

	for (size_t i = first_event; i < model->event_count; i++)
		if (model->events[i].kind != TRACE_EVENT_unused)
			model->events[events++] = model->events[i];
	for (size_t i = first_tally; i < model->tally_count; i++)
		if (model->tallies[i].kind != TRACE_EVENT_unused)
			model->tallies[tallies++] = model->tallies[i];
	for (size_t i = first_across; i < model->across_count; i++)
		if (model->across[i].first != UINT32_MAX)
			model->across[across++] = model->across[i];
	model->across_count = across;
	model->event_count = events;
	model->tally_count = tallies;
	if (events > first_event)
		qsort(model->events + first_event, events - first_event, sizeof(*model->events),
		      by_number);
}

static bool has_steps(const struct across *across)
{
	return across->step > 1 && across->first < across->last;
}

/* More than these the recorder does not write. */
enum { MOST_ACROSS = 1 << 18 };

/* How many epochs there are in all after the first ones of records that have steps. */
static size_t count_steps(const struct model *model, size_t first)
{
	size_t count = 0;

	for (size_t i = first; i < model->across_count; i++) {
		const struct across *across = &model->across[i];

		if (has_steps(across))
			count += (across->last - across->first) / across->step;
	}
	return count < MOST_ACROSS ? count : MOST_ACROSS;
}

/* One for each epoch. */
static void settle_across(struct model *model, size_t first)
{
	const size_t count = model->across_count, end = count + count_steps(model, first);

	model->across = xreallocarray(model->across, end + 1, sizeof(*model->across));
	for (size_t i = first; i < count; i++) {
		struct across *across = &model->across[i];
		uint64_t epoch = (uint64_t)across->first + across->step;

		if (!has_steps(across))
			continue;
		for (; epoch <= across->last && model->across_count < end; epoch += across->step)
			model->across[model->across_count++] = (struct across){
				.node = across->node,
				.first = (uint32_t)epoch,
				.last = (uint32_t)epoch,
			};
		across->last = across->first;
	}
}

bool model_append(struct model *model, struct image *image)
{
	struct build build = {
		.model = model,
		.image = image,
		.process = (uint32_t)model->process_count,
		.ns_per_tick = header_ns_per_tick(&image->header),
	};
	const size_t first_wait = model->wait_count, first_held = model->held_count;

	if (!fits(&build))
		return image_fail(image, 0, "expected fewer than 2^32 records in all traces");
	count_records(&build);
	make_room(&build);
	take_places(&build);
	number_records(&build);
	model->process_count++;
	add_process(&build);
	put_round(&build, 1);
	put_round(&build, 2);
	reader_drop_open_walk(model);
	put_spans(&build);
	settle_events(model, build.first[TRACE_TYPE_event], build.first[TRACE_TYPE_tally],
		      build.first[TRACE_TYPE_across]);
	settle_across(model, build.first[TRACE_TYPE_across]);
	settle_trials(model, build.first[TRACE_TYPE_trial]);
	model_sum(model, build.first[TRACE_TYPE_thread], build.first[TRACE_TYPE_lock],
		  build.first[TRACE_TYPE_node], first_wait);
	reader_wants(model, build.first[TRACE_TYPE_lock], first_held);
	return true;
}
