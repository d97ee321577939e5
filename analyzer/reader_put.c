/* Owns how each type of record becomes a part of the model; those about waits: reader_put_waits.c.
 */
#include "reader_put.h"
#include "reader_put_waits.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

static void put_process(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_process *from = (const struct trace_process *)record;
	struct process *to = &build->model->processes[build->process];
	const char *text = (const char *)(from + 1);

	(void)index;
	free(to->exe);
	to->exe = xstrdup(text);
	to->argument_count = from->argument_count;
	to->arguments = xcalloc(from->argument_count, sizeof(*to->arguments));
	for (uint32_t i = 0; i < from->argument_count; i++) {
		text += strlen(text) + 1;
		to->arguments[i] = xstrdup(text);
	}
}

static void put_module(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_module *from = (const struct trace_module *)record;
	const char *path = (const char *)(from + 1);
	struct module *to = &build->model->modules[index];

	*to = (struct module){
		.process = build->process,
		.path = xstrdup(path),
		.build_id = xstrdup(path + strlen(path) + 1),
		.start = from->start,
		.end = from->end,
		.bias = from->bias,
		.loaded = from->loaded,
		.unloaded = from->unloaded,
	};
	for (char *c = to->build_id; *c; c++)
		*c = (char)tolower((unsigned char)*c);
}

static void put_thread(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_thread *from = (const struct trace_thread *)record;
	struct thread *to = &build->model->threads[index];

	*to = (struct thread){
		.process = build->process,
		.number = from->number,
		.tid = from->tid,
		.creator = index_of(build, from->creator),
		.create_epoch = from->create_epoch,
		.created_stack = index_of(build, from->created_stack),
		.state = from->state,
		.joined_by = from->state & TRACE_THREAD_JOINED ? index_of(build, from->joined_by)
							       : NO_INDEX,
		.join_epoch = from->join_epoch,
		.start_routine = from->start_routine,
		.held = NO_INDEX,
	};
	memcpy(to->name, from->name, sizeof(to->name) - 1);
}

static void put_stack(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_stack *from = (const struct trace_stack *)record;
	struct model *model = build->model;

	model->stacks[index] = (struct stack){
		.process = build->process,
		.generation = from->generation,
		.count = from->count,
		.flags = from->flags,
		.first_pc = model->pc_count,
		.calls = NO_INDEX,
	};
	memcpy(model->pcs + model->pc_count, from + 1, from->count * sizeof(*model->pcs));
	model->pc_count += from->count;
}

static void put_script(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_script *from = (const struct trace_script *)record;
	const char *file = (const char *)(from + 1);

	build->model->scripts[index] = (struct script){
		.caller = index_of(build, from->caller),
		.line = from->line < INT_MAX ? (int)from->line : 0,
		.file = given_text(file),
		.function = given_text(file + strlen(file) + 1),
	};
}

static void put_calls(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_calls *from = (const struct trace_calls *)record;

	(void)index;
	build->model->stacks[index_of(build, from->stack)].calls = index_of(build, from->innermost);
}

uint32_t reader_thread_at(const struct build *build, enum trace_lock_kind kind, uint64_t address)
{
	uint64_t reference = address & ~TRACE_THREAD_ADDRESS(0);
	const struct trace_record *record;

	if (kind != TRACE_LOCK_thread || reference > UINT32_MAX)
		return NO_INDEX;
	record = image_record(build->image, (uint32_t)reference);
	return record && record->type == TRACE_TYPE_thread ? index_of(build, (uint32_t)reference)
							   : NO_INDEX;
}

static void put_lock(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_lock *from = (const struct trace_lock *)record;

	build->model->locks[index] = (struct lock){
		.process = build->process,
		.address = from->address,
		.kind = (enum trace_lock_kind)from->kind,
		.flags = from->flags,
		.created_stack = index_of(build, from->created_stack),
		.created_by = index_of(build, from->created_by),
		.thread = reader_thread_at(build, (enum trace_lock_kind)from->kind, from->address),
		.generation = from->generation,
		.lives = from->lives ? from->lives : 1,
		.hold_samples = from->hold_samples,
		.hold_total_ns = build_ns(build, from->hold_total),
		.hold_max_ns = build_ns(build, from->hold_max),
		.hold_buckets = index_of(build, from->hold_histogram),
		.wait_buckets = NO_INDEX,
	};
}

static void put_node(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_node *from = (const struct trace_node *)record;

	build->model->nodes[index] = (struct node){
		.thread = index_of(build, from->thread),
		.parent = index_of(build, from->parent),
		.lock = index_of(build, from->lock),
		.taken = index_of(build, from->lock),
		.stack = index_of(build, from->stack),
		.wait = index_of(build, from->wait),
		.op = from->op,
		.count = from->count,
	};
}

static void put_trial(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_trial *from = (const struct trace_trial *)record;

	build->model->trials[index] = (struct trial){
		.node = index_of(build, from->node),
		.asked = from->asked,
		.waited = from->waited,
		.timed = from->timed,
		.abandoned = from->abandoned,
	};
}

static void put_histogram(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_histogram *from = (const struct trace_histogram *)record;
	struct histogram *to = &build->model->histograms[index];

	to->process = build->process;
	for (unsigned b = 0; b < TRACE_BUCKETS; b++)
		to->buckets[b] = from->buckets[b];
}

static void put_exec(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_exec *from = (const struct trace_exec *)record;
	struct process *process = &build->model->processes[build->process];

	(void)index;
	if (from->failed || process->end != TRACE_END_exec)
		return;
	free(process->exec_path);
	process->exec_path = xstrdup((const char *)(from + 1));
}

static void put_misuse(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_misuse *from = (const struct trace_misuse *)record;

	build->model->misuses[index] = (struct misuse){
		.rule = from->rule,
		.act = from->act,
		.other_act = from->other_act,
		.thread = index_of(build, from->thread),
		.lock = index_of(build, from->lock),
		.stack = index_of(build, from->stack),
		.with = index_of(build, from->with),
		.other_thread = index_of(build, from->other_thread),
		.other_lock = index_of(build, from->other_lock),
		.other_stack = index_of(build, from->other_stack),
		.target = index_of(build, from->target),
		.count = from->count,
		.value = from->value,
		.most = from->most,
	};
}

static void put_handlers(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_handlers *from = (const struct trace_handlers *)record;

	(void)index;
	build->model->processes[build->process].handlers |= from->signals;
}

static void put_alarms(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_alarms *from = (const struct trace_alarms *)record;

	(void)index;
	build->model->processes[build->process].alarms |= from->signals;
}

static void put_runtime(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_runtime *from = (const struct trace_runtime *)record;

	(void)index;
	build->model->processes[build->process].by_runtime |= from->signals;
}

static void put_children(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_children *from = (const struct trace_children *)record;

	(void)index;
	build->model->processes[build->process].idle_children += from->ended;
}

static void put_unordered(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_unordered *from = (const struct trace_unordered *)record;
	struct process *process = &build->model->processes[build->process];

	(void)index;
	process->unordered_objects += from->objects;
	process->unordered_children += from->children;
}

static void put_identity(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_identity *from = (const struct trace_identity *)record;
	struct lock *to = &build->model->locks[index_of(build, from->lock)];

	(void)index;
	to->has_identity = true;
	to->device = from->device;
	to->inode = from->inode;
	to->offset = from->offset;
}

static void put_open_file(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_open_file *from = (const struct trace_open_file *)record;
	struct lock *to = &build->model->locks[index_of(build, from->lock)];

	(void)index;
	to->of_open_file = true;
	to->open_file = from->number;
	to->open_flags = from->flags;
}

static void put_forked(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_forked *from = (const struct trace_forked *)record;
	struct process *to = &build->model->processes[build->process];

	(void)index;
	to->forked.thread = index_of(build, from->thread);
	to->forked.pid = from->parent_pid;
	to->forked.number = from->thread_number;
	to->forked.epoch = from->epoch;
	to->forked.start_realtime_ns = from->parent_start;
}

static void put_label(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_label *from = (const struct trace_label *)record;

	(void)index;
	lock_label(&build->model->locks[index_of(build, from->lock)], from);
}

static void put_ignored(struct build *build, const struct trace_record *record, uint32_t index)
{
	(void)index;
	build->model->processes[build->process].ignored +=
		((const struct trace_ignored *)record)->count;
}

/* CLOCK_MONOTONIC then. */
static uint64_t mono_at(const struct build *build, uint64_t ticks)
{
	const struct process *process = &build->model->processes[build->process];
	uint64_t passed = ticks > process->start_ticks ? ticks - process->start_ticks : 0;

	return process->start_mono_ns + build_ns(build, passed);
}

static void put_reaped(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_reaped *from = (const struct trace_reaped *)record;
	struct model *model = build->model;

	(void)index;
	model->reaps[model->reap_count++] = (struct reap){
		.process = build->process,
		.pid = from->pid,
		.signal = (int)(from->signal & 0x7f),
		.at_mono_ns = mono_at(build, from->ticks),
	};
}

static void put_awaited(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_awaited *from = (const struct trace_awaited *)record;

	build->model->awaited[index] = (struct awaited){
		.pid = from->pid,
		.process = NO_INDEX,
		.thread = index_of(build, from->thread),
		.epoch = from->epoch,
		.node = index_of(build, from->node),
		.at_mono_ns = mono_at(build, from->ticks),
	};
}

static void put_signal(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_signal *from = (const struct trace_signal *)record;

	build->model->signals[index] = (struct signal){index_of(build, from->node), from->epoch};
}

static void put_limited_join(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_limited_join *from = (const struct trace_limited_join *)record;
	struct thread *to = &build->model->threads[index_of(build, from->thread)];

	(void)index;
	if (to->join_epoch == from->join_epoch)
		to->limited_join = index_of(build, from->stack) + 1;
}

static void put_blind(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_blind *from = (const struct trace_blind *)record;
	struct thread *to = &build->model->threads[index_of(build, from->thread)];

	(void)index;
	if (to->blind == 0 || from->epoch < to->blind)
		to->blind = from->epoch + 1;
}

static void put_guarded(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_guarded *from = (const struct trace_guarded *)record;

	(void)index;
	build->model->threads[index_of(build, from->thread)].guard =
		index_of(build, from->node) + 1;
}

static void put_alike(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_alike *from = (const struct trace_alike *)record;

	(void)index;
	build->model->threads[index_of(build, from->thread)].alike += from->count;
}

static void put_across(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_across *from = (const struct trace_across *)record;

	build->model->across[index] = (struct across){
		.node = index_of(build, from->node),
		.first = from->first_epoch,
		.last = from->last_epoch < from->first_epoch ? from->first_epoch : from->last_epoch,
		.step = from->step,
	};
}

static void put_task(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_task *from = (const struct trace_task *)record;
	struct thread *thread = &build->model->threads[index_of(build, from->thread)];

	thread->tasks |= from->kind == TRACE_TASK_begun || from->kind == TRACE_TASK_lost;
	thread->tasks_inside |= (from->flags & TRACE_TASK_INSIDE) != 0;
	build->model->tasks[index] = (struct task_mark){
		.thread = index_of(build, from->thread),
		.epoch = from->epoch,
		.kind = from->kind,
		.flags = from->flags,
		.number = from->number,
		.creator = index_of(build, from->creator),
		.creator_number = from->creator_number,
		.create_epoch = from->create_epoch,
		.since = from->since,
		.fence = from->fence,
	};
}

static void count_span(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_span *from = (const struct trace_span *)record;

	(void)index;
	build->model->nodes[index_of(build, from->node)].span_count++;
}

static void add_counts(struct build *build, const struct trace_record *record, uint32_t index)
{
	const struct trace_counts *from = (const struct trace_counts *)record;
	const struct trace_slot *slots =
		(const struct trace_slot *)((const char *)from + from->first);

	(void)index;
	for (uint32_t i = 0; i < from->slots; i++) {
		if (slots[i].key && slots[i].node)
			build->model->nodes[index_of(build, slots[i].node)].count += slots[i].count;
	}
}

const struct reader_put reader_puts[RECORD_TYPES] = {
	[TRACE_TYPE_process] = {put_process, 1},
	[TRACE_TYPE_module] = {put_module, 1},
	[TRACE_TYPE_thread] = {put_thread, 1},
	[TRACE_TYPE_stack] = {put_stack, 1},
	[TRACE_TYPE_script] = {put_script, 1},
	[TRACE_TYPE_calls] = {put_calls, 2},
	[TRACE_TYPE_lock] = {put_lock, 1},
	[TRACE_TYPE_node] = {put_node, 1},
	[TRACE_TYPE_histogram] = {put_histogram, 1},
	[TRACE_TYPE_span] = {count_span, 2},
	[TRACE_TYPE_wait] = {reader_put_wait, 2},
	[TRACE_TYPE_held] = {reader_put_held, 2},
	[TRACE_TYPE_exec] = {put_exec, 2},
	[TRACE_TYPE_misuse] = {put_misuse, 1},
	[TRACE_TYPE_counts] = {add_counts, 2},
	[TRACE_TYPE_forked] = {put_forked, 2},
	[TRACE_TYPE_label] = {put_label, 2},
	[TRACE_TYPE_ignored] = {put_ignored, 2},
	[TRACE_TYPE_identity] = {put_identity, 2},
	[TRACE_TYPE_trial] = {put_trial, 1},
	[TRACE_TYPE_deadlock] = {reader_put_deadlock, 2},
	[TRACE_TYPE_handlers] = {put_handlers, 2},
	[TRACE_TYPE_runtime] = {put_runtime, 2},
	[TRACE_TYPE_alarms] = {put_alarms, 2},
	[TRACE_TYPE_event] = {reader_put_event, 1},
	[TRACE_TYPE_tally] = {reader_put_tally, 1},
	[TRACE_TYPE_futex] = {reader_put_futex, 1},
	[TRACE_TYPE_blind] = {put_blind, 2},
	[TRACE_TYPE_limited_join] = {put_limited_join, 2},
	[TRACE_TYPE_guarded] = {put_guarded, 2},
	[TRACE_TYPE_alike] = {put_alike, 2},
	[TRACE_TYPE_across] = {put_across, 1},
	[TRACE_TYPE_task] = {put_task, 2},
	[TRACE_TYPE_children] = {put_children, 2},
	[TRACE_TYPE_unordered] = {put_unordered, 2},
	[TRACE_TYPE_wakes] = {reader_put_wakes, 1},
	[TRACE_TYPE_reaped] = {put_reaped, 1},
	[TRACE_TYPE_signal] = {put_signal, 1},
	[TRACE_TYPE_awaited] = {put_awaited, 1},
	[TRACE_TYPE_open_file] = {put_open_file, 2},
};
