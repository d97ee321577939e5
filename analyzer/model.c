#include "model.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

/* Nodes of one path that are looked at. */
enum { MOST_PATH = 1000 };

void model_init(struct model *model)
{
	memset(model, 0, sizeof(*model));
}

static void process_free(struct process *process)
{
	for (uint32_t i = 0; i < process->argument_count; i++)
		free(process->arguments[i]);
	free(process->arguments);
	free(process->path);
	free(process->exe);
	free(process->exec_path);
}

void model_free(struct model *model)
{
	for (size_t i = 0; i < model->process_count; i++)
		process_free(&model->processes[i]);
	for (size_t i = 0; i < model->module_count; i++) {
		free(model->modules[i].path);
		free(model->modules[i].build_id);
	}
	for (size_t i = 0; i < model->held_count; i++)
		free(model->helds[i].nodes);
	for (size_t i = 0; i < model->lock_count; i++) {
		free(model->locks[i].given_name);
		free(model->locks[i].given_class);
	}
	for (size_t i = 0; i < model->script_count; i++) {
		free(model->scripts[i].file);
		free(model->scripts[i].function);
	}
	free(model->scripts);
	free(model->processes);
	free(model->modules);
	free(model->threads);
	free(model->stacks);
	free(model->locks);
	free(model->nodes);
	free(model->spans);
	free(model->across);
	free(model->tasks);
	free(model->signals);
	free(model->waits);
	free(model->trials);
	free(model->histograms);
	free(model->helds);
	free(model->misuses);
	free(model->deadlocks);
	free(model->events);
	free(model->tallies);
	free(model->shown_orders);
	free(model->futexes);
	free(model->wakes);
	free(model->reaps);
	free(model->awaited);
	free(model->pcs);
	model_init(model);
}

bool process_ended(const struct process *process)
{
	return process->end != TRACE_END_running && process->end != TRACE_END_signal;
}

bool model_complete(const struct model *model)
{
	bool recorded = false;

	for (size_t i = 0; i < model->process_count; i++) {
		if (!model->processes[i].complete)
			return false;
		recorded |= model->processes[i].acquisitions > 0;
	}
	return recorded;
}

bool threads_apart(const struct model *model, uint32_t a, uint32_t b)
{
	return model->threads[a].process != model->threads[b].process;
}

const struct module *module_at(const struct model *model, const struct stack *stack, uint64_t pc)
{
	for (size_t i = 0; i < model->module_count; i++) {
		const struct module *module = &model->modules[i];

		if (module->process == stack->process && module->start < pc && pc <= module->end &&
		    module->loaded <= stack->generation && stack->generation < module->unloaded)
			return module;
	}
	return NULL;
}

bool lock_is_static(const struct model *model, const struct lock *lock)
{
	for (size_t i = 0; i < model->module_count; i++) {
		const struct module *module = &model->modules[i];

		if (module->process == lock->process && module->start <= lock->address &&
		    lock->address < module->end && module->loaded <= lock->generation &&
		    lock->generation < module->unloaded)
			return true;
	}
	return false;
}

bool lock_is_open(const struct lock *lock)
{
	return lock->flags & (TRACE_LOCK_OPENED | TRACE_LOCK_REACHABLE) && !lock->enclosed;
}

bool lock_is_ordering(const struct lock *lock)
{
	if (lock->flags & TRACE_LOCK_ORDERING)
		return true;
	if (lock->kind != TRACE_LOCK_semaphore)
		return false;
	return (!(lock->flags & TRACE_LOCK_INIT_SEEN) ||
		lock->flags & (TRACE_LOCK_OPENED | TRACE_LOCK_SHARED)) &&
	       lock->hold_samples == 0;
}

bool node_is_ordering(const struct model *model, const struct node *node)
{
	return lock_is_ordering(&model->locks[node->lock]) ||
	       lock_is_ordering(&model->locks[node->taken]);
}

bool lock_is_void(const struct lock *lock)
{
	return lock->flags & TRACE_LOCK_PROVISIONAL || lock_is_ordering(lock);
}

bool node_is_void(const struct model *model, const struct node *node)
{
	return lock_is_void(&model->locks[node->lock]) || lock_is_void(&model->locks[node->taken]);
}

bool node_was_taken(const struct model *model, const struct node *node, uint32_t first,
		    uint32_t last)
{
	for (uint32_t i = 0; node->count && i < node->span_count; i++) {
		const struct span *span = &model->spans[node->first_span + i];

		if (span->first <= last && first <= span->last)
			return true;
	}
	return false;
}

bool path_has_lock(const struct model *model, uint32_t node, uint32_t lock)
{
	for (size_t steps = 0; node != NO_INDEX && steps < MOST_PATH; steps++) {
		if (model->nodes[node].lock == lock)
			return true;
		node = model->nodes[node].parent;
	}
	return false;
}

bool event_gives_way(uint16_t kind)
{
	return kind == TRACE_EVENT_posted || kind == TRACE_EVENT_arrived ||
	       kind == TRACE_EVENT_signalled || kind == TRACE_EVENT_before ||
	       kind == TRACE_EVENT_opened || kind == TRACE_EVENT_unawaited;
}

/* Ticks below which `rank` of the histogram's values lie, taking them as evenly spread in a bucket.
 */
static double quantile_ticks(const struct histogram *histogram, double rank)
{
	double below = 0;

	for (unsigned b = 0; b < TRACE_BUCKETS; b++) {
		double here = (double)histogram->buckets[b];

		if (here > 0 && below + here >= rank) {
			double low = b ? (double)(UINT64_C(1) << b) : 0;
			double high = (double)(UINT64_C(2) << b);

			return low + (high - low) * (rank - below) / here;
		}
		below += here;
	}
	return 0x1p63;
}

uint64_t model_quantile_ns(const struct model *model, uint32_t histogram, double p, uint64_t max_ns)
{
	if (histogram == NO_INDEX)
		return 0;

	const struct histogram *values = &model->histograms[histogram];
	double total = 0;

	for (unsigned b = 0; b < TRACE_BUCKETS; b++)
		total += (double)values->buckets[b];
	if (total <= 0)
		return 0;

	double ns =
		quantile_ticks(values, p * total) * model->processes[values->process].ns_per_tick;

	return ns < (double)max_ns ? (uint64_t)ns : max_ns;
}

static const struct {
	const char *function;
	unsigned flags;
	enum trace_lock_kind kind;
} ops[] = {
#define O(code, name, function, kind, flags) [code] = {function, flags, TRACE_LOCK_##kind},
	TRACE_OPS(O)
#undef O
};

const char *op_function(uint16_t op)
{
	return op < sizeof(ops) / sizeof(*ops) ? ops[op].function : NULL;
}

unsigned op_flags(uint16_t op)
{
	return op < sizeof(ops) / sizeof(*ops) ? ops[op].flags : 0;
}

enum trace_lock_kind op_kind(uint16_t op)
{
	return op < sizeof(ops) / sizeof(*ops) ? ops[op].kind : (enum trace_lock_kind)0;
}

enum { FIRST_ACT = TRACE_ACT_mutex_init };

static const struct {
	const char *function, *verb;
} acts[] = {
#define A(code, name, function, does) [code - FIRST_ACT] = {function, does},
	TRACE_ACTS(A)
#undef A
};

static bool is_act(uint16_t act)
{
	return act >= FIRST_ACT && act - FIRST_ACT < (int)(sizeof(acts) / sizeof(*acts));
}

const char *act_function(uint16_t act)
{
	return is_act(act) ? acts[act - FIRST_ACT].function : op_function(act);
}

const char *act_verb(uint16_t act)
{
	if (is_act(act))
		return acts[act - FIRST_ACT].verb;
	if (!op_function(act))
		return NULL;
	if (op_flags(act) & TRACE_OP_SIGNAL)
		return "signals";
	if (op_flags(act) & TRACE_OP_WAIT)
		return act == TRACE_OP_barrier_wait ? "waits at" : "joins";
	return op_flags(act) & TRACE_OP_TRY ? "tries" : "takes";
}

const char *misuse_rule(uint16_t rule)
{
	static const char *const rules[] = {
#define M(code, name, rule) [code] = rule,
		TRACE_MISUSES(M)
#undef M
	};

	return rule < sizeof(rules) / sizeof(*rules) ? rules[rule] : NULL;
}

const char *event_kind_name(uint16_t kind)
{
	static const char *const names[] = {
#define E(code, name, help) [code] = #name,
		TRACE_EVENTS(E)
#undef E
	};

	return kind < sizeof(names) / sizeof(*names) ? names[kind] : NULL;
}

static const char *const kind_names[] = {
#define K(code, name) [code] = #name,
	TRACE_LOCK_KINDS(K)
#undef K
};

const char *lock_kind_name(enum trace_lock_kind kind)
{
	return (unsigned)kind < sizeof(kind_names) / sizeof(*kind_names) ? kind_names[kind] : NULL;
}

char *given_text(const char *text)
{
	char *copy = *text ? xstrdup(text) : NULL;

	for (char *c = copy; c && *c; c++) {
		if (iscntrl((unsigned char)*c))
			*c = ' ';
	}
	return copy;
}

void lock_label(struct lock *lock, const struct trace_label *label)
{
	const char *name = (const char *)(label + 1);

	free(lock->given_name);
	free(lock->given_class);
	lock->given_name = given_text(name);
	lock->given_class = NULL;
	if (!(label->flags & TRACE_LABEL_LEVEL))
		return;
	lock->given_class = given_text(name + strlen(name) + 1);
	lock->level = (int)(int64_t)label->level;
}
