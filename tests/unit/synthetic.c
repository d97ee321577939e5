/* Synthetic models, and names.h on top of them. */
#include "synthetic.h"
#include "xalloc.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void *room(void *array, size_t size, size_t item)
{
	return xreallocarray(array, size, item);
}

static bool full(size_t count, size_t *size)
{
	if (count < *size)
		return false;
	*size = *size ? *size * 2 : 16;
	return true;
}

static uint32_t thread_add(struct synthetic *synthetic, const char *name)
{
	struct model *model = &synthetic->model;
	if (full(model->thread_count, &synthetic->thread_size)) {
		model->threads =
			room(model->threads, synthetic->thread_size, sizeof(*model->threads));
		synthetic->epoch =
			room(synthetic->epoch, synthetic->thread_size, sizeof(*synthetic->epoch));
	}
	struct thread *thread = &model->threads[model->thread_count];
	*thread = (struct thread){
		.number = model->thread_count + 1,
		.tid = 100 + model->thread_count,
		.creator = NO_INDEX,
		.created_stack = NO_INDEX,
		.state = TRACE_THREAD_STARTED,
		.joined_by = NO_INDEX,
		.held = NO_INDEX,
	};
	strncpy(thread->name, name, sizeof(thread->name) - 1);
	synthetic->epoch[model->thread_count] = 0;
	return model->thread_count++;
}

struct synthetic *synthetic_new(void)
{
	struct synthetic *synthetic = xcalloc(1, sizeof(*synthetic));
	struct model *model = &synthetic->model;
	model->processes = xcalloc(1, sizeof(*model->processes));
	model->process_count = 1;
	model->processes[0].complete = true;
	model->processes[0].reaped_by = NO_INDEX;
	model->processes[0].before = NO_INDEX;
	model->processes[0].ns_per_tick = 1;
	synthetic->main = thread_add(synthetic, "main");
	model->threads[synthetic->main].state |= TRACE_THREAD_MAIN;
	return synthetic;
}

void synthetic_free(struct synthetic *synthetic)
{
	struct model *model = &synthetic->model;
	for (size_t i = 0; i < model->held_count; i++)
		free(model->helds[i].nodes);
	free(model->helds);
	free(model->processes);
	free(model->threads);
	free(model->locks);
	free(model->stacks);
	free(model->nodes);
	free(model->spans);
	free(synthetic->lock_names);
	free(synthetic->functions);
	free(synthetic->epoch);
	free(synthetic);
}

uint32_t synthetic_process(struct synthetic *synthetic)
{
	struct model *model = &synthetic->model;
	struct process *process;

	model->processes = xreallocarray(model->processes, model->process_count + 1,
					 sizeof(*model->processes));
	process = &model->processes[model->process_count];
	*process = model->processes[0];
	process->pid++;
	process->path = NULL;
	process->exe = NULL;
	return (uint32_t)model->process_count++;
}

uint32_t synthetic_thread(struct synthetic *synthetic, uint32_t creator, const char *name)
{
	uint32_t thread = thread_add(synthetic, name);
	synthetic->model.threads[thread].creator = creator;
	synthetic->model.threads[thread].create_epoch = synthetic->epoch[creator]++;
	return thread;
}

void synthetic_join(struct synthetic *synthetic, uint32_t joiner, uint32_t thread)
{
	struct thread *joined = &synthetic->model.threads[thread];
	joined->state |= TRACE_THREAD_ENDED | TRACE_THREAD_JOINED;
	joined->joined_by = joiner;
	joined->join_epoch = ++synthetic->epoch[joiner];
}

uint32_t synthetic_lock(struct synthetic *synthetic, const char *name)
{
	struct model *model = &synthetic->model;
	if (full(model->lock_count, &synthetic->lock_size)) {
		size_t size = synthetic->lock_size;
		model->locks = room(model->locks, size, sizeof(*model->locks));
		synthetic->lock_names =
			room(synthetic->lock_names, size, sizeof(*synthetic->lock_names));
	}
	model->locks[model->lock_count] = (struct lock){
		.address = 0x1000 + 64 * model->lock_count,
		.kind = TRACE_LOCK_mutex,
		.thread = NO_INDEX,
		.created_stack = NO_INDEX,
		.created_by = NO_INDEX,
		.hold_buckets = NO_INDEX,
		.wait_buckets = NO_INDEX,
	};
	synthetic->lock_names[model->lock_count] = name;
	return model->lock_count++;
}

/* The stack in that function; equal functions share one if they follow each other. */
static uint32_t stack_add(struct synthetic *synthetic, const char *function)
{
	struct model *model = &synthetic->model;
	size_t count = model->stack_count;
	if (count > 0 && synthetic->functions[count - 1] == function)
		return count - 1;
	if (full(count, &synthetic->stack_size)) {
		model->stacks = room(model->stacks, synthetic->stack_size, sizeof(*model->stacks));
		synthetic->functions = room(synthetic->functions, synthetic->stack_size,
					    sizeof(*synthetic->functions));
	}
	model->stacks[count] = (struct stack){.calls = NO_INDEX};
	synthetic->functions[count] = function;
	return model->stack_count++;
}

uint32_t synthetic_node(struct synthetic *synthetic, uint32_t thread, uint32_t parent,
			uint32_t lock, uint16_t op, const char *function, uint64_t count)
{
	struct model *model = &synthetic->model;
	if (full(model->node_count, &synthetic->node_size))
		model->nodes = room(model->nodes, synthetic->node_size, sizeof(*model->nodes));
	if (full(model->span_count, &synthetic->span_size))
		model->spans = room(model->spans, synthetic->span_size, sizeof(*model->spans));
	model->nodes[model->node_count] = (struct node){
		.thread = thread,
		.parent = parent,
		.lock = lock,
		.taken = lock,
		.stack = stack_add(synthetic, function),
		.wait = NO_INDEX,
		.first_span = model->span_count,
		.span_count = count > 0,
		.op = op,
		.count = count,
	};
	if (count > 0)
		model->spans[model->span_count++] =
			(struct span){synthetic->epoch[thread], synthetic->epoch[thread]};
	return model->node_count++;
}

uint32_t synthetic_take(struct synthetic *synthetic, uint32_t thread, uint32_t parent,
			uint32_t lock)
{
	return synthetic_node(synthetic, thread, parent, lock, TRACE_OP_mutex_lock, "f", 1);
}

uint32_t synthetic_nest(struct synthetic *synthetic, uint32_t thread, ...)
{
	va_list locks;
	uint32_t node = NO_INDEX, lock;
	va_start(locks, thread);
	while ((lock = va_arg(locks, uint32_t)) != NO_INDEX)
		node = synthetic_take(synthetic, thread, node, lock);
	va_end(locks);
	return node;
}

static uint32_t depth_of(const struct model *model, uint32_t node)
{
	uint32_t depth = 0;
	for (; node != NO_INDEX; node = model->nodes[node].parent)
		depth++;
	return depth;
}

struct held *synthetic_held(struct synthetic *synthetic, uint32_t thread, uint32_t node,
			    uint16_t op, uint32_t lock)
{
	struct model *model = &synthetic->model;
	if (full(model->held_count, &synthetic->held_size))
		model->helds = room(model->helds, synthetic->held_size, sizeof(*model->helds));
	struct held *held = &model->helds[model->held_count];
	*held = (struct held){
		.thread = thread,
		.depth = depth_of(model, node),
		.want = op ? model->locks[lock].address : 0,
		.want_op = op,
		.want_lock = op ? lock : NO_INDEX,
		.want_taken = op ? lock : NO_INDEX,
		.want_mutex_lock = NO_INDEX,
		.want_thread = op ? model->locks[lock].thread : NO_INDEX,
		.want_stack = op ? stack_add(synthetic, "wait") : NO_INDEX,
		.want_since_ns = 1000,
	};
	held->nodes = xcalloc(held->depth, sizeof(*held->nodes));
	for (uint32_t i = held->depth; i-- > 0; node = model->nodes[node].parent)
		held->nodes[i] = node;
	model->threads[thread].held = model->held_count++;
	return held;
}

uint32_t synthetic_end(struct synthetic *synthetic, uint32_t thread, const char *name)
{
	uint32_t lock = synthetic_lock(synthetic, name);
	synthetic->model.locks[lock].kind = TRACE_LOCK_thread;
	synthetic->model.locks[lock].thread = thread;
	return lock;
}

void synthetic_check(struct synthetic *synthetic, struct findings *findings)
{
	struct analysis analysis = {
		.model = &synthetic->model,
		.symbols = symbols_new(&synthetic->model),
		.names = names_new(&synthetic->model, NULL),
		.order = order_new(&synthetic->model),
	};
	*findings = (struct findings){0};
	findings_run(&analysis, findings);
	order_free(analysis.order);
	names_free(analysis.names);
	symbols_free(analysis.symbols);
}

struct names {
	const struct synthetic *synthetic;
	struct frame frame;
};

struct names *names_new(const struct model *model, struct symbols *symbols)
{
	(void)symbols;
	struct names *names = xcalloc(1, sizeof(*names));
	names->synthetic = (const struct synthetic *)model;
	return names;
}

void names_free(struct names *names)
{
	free(names);
}

const char *names_lock(struct names *names, uint32_t lock)
{
	return names->synthetic->lock_names[lock];
}

const char *names_lock_class(struct names *names, uint32_t lock)
{
	return names->synthetic->lock_names[lock];
}

const char *names_thread(struct names *names, uint32_t thread)
{
	return names->synthetic->model.threads[thread].name;
}

const struct frame *names_place(struct names *names, uint32_t stack)
{
	if (stack == NO_INDEX)
		return NULL;
	names->frame = (struct frame){.function = names->synthetic->functions[stack]};
	return &names->frame;
}
