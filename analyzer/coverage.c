#include "coverage.h"
#include "xalloc.h"
#include <stdlib.h>

static void add_processes(const struct model *model, struct coverage *coverage)
{
	for (size_t i = 0; i < model->process_count; i++) {
		const struct process *process = &model->processes[i];
		coverage->acquisitions += process->acquisitions;
		coverage->early += process->early;
		coverage->widened += process->widened;
		coverage->ignored += process->ignored;
		coverage->unordered_objects += process->unordered_objects;
		coverage->unordered_children += process->unordered_children;
		for (size_t code = 0; code < TRACE_DROP_SLOTS; code++) {
			coverage->drops[code] += process->drops[code];
			coverage->dropped += process->drops[code];
		}
	}
}

/* What an acquisition is, model_sum.c says. */
static bool counts(const struct model *model, const struct node *node)
{
	return node->count > 0 && !node->implied &&
	       model->locks[node->lock].kind != TRACE_LOCK_thread;
}

static void add_nodes(const struct model *model, struct coverage *coverage)
{
	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		coverage->situations += counts(model, node);
		coverage->nestings += counts(model, node) && node->parent != NO_INDEX;
	}
}

static bool is_held(enum trace_lock_kind kind)
{
	return kind != TRACE_LOCK_thread && kind != TRACE_LOCK_condition &&
	       kind != TRACE_LOCK_barrier;
}

/* Marks the locks that were waited for to the end: that is no acquisition, nor a contended one. */
static bool *list_wanted(const struct model *model)
{
	bool *wanted = xcalloc(model->lock_count, sizeof(*wanted));
	for (size_t i = 0; i < model->held_count; i++) {
		const struct held *held = &model->helds[i];
		if (held->want && held->want_lock != NO_INDEX)
			wanted[held->want_lock] = true;
	}
	return wanted;
}

static void add_locks(const struct model *model, struct coverage *coverage)
{
	bool *wanted = list_wanted(model);
	for (size_t i = 0; i < model->lock_count; i++) {
		const struct lock *lock = &model->locks[i];
		if (!lock->acquisitions || !is_held(lock->kind) || lock_is_void(lock))
			continue;
		coverage->locks += lock->lives;
		coverage->uncontended += lock->contended ? 0 : lock->lives - wanted[i];
	}
	free(wanted);
}

static void add_futexes(const struct model *model, struct coverage *coverage)
{
	uint64_t most = 0;
	for (size_t i = 0; i < model->futex_count; i++) {
		const struct futex *futex = &model->futexes[i];
		coverage->futex_calls += futex->count;
		coverage->futex_places += futex->count > 0;
		if (futex->count > most && futex->stack != NO_INDEX) {
			most = futex->count;
			coverage->futex_stack = futex->stack;
		}
	}
}

static bool may_be_wait(uint16_t kind)
{
	return kind == TRACE_EVENT_taken || kind == TRACE_EVENT_left;
}

/* Those that somebody took with a lock held, and used more often than there are events of. Of
 * others the recorder has counted what it did not keep. */
static void add_unjudged(const struct model *model, struct coverage *coverage)
{
	bool *endless = xcalloc(model->lock_count + 1, sizeof(*endless));

	for (size_t i = 0; i < model->tally_count; i++)
		endless[model->tallies[i].lock] |= model->tallies[i].flags & TRACE_TALLY_MORE;
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (event->node == NO_INDEX || !may_be_wait(event->kind) || !endless[event->lock] ||
		    model->locks[event->lock].flags & TRACE_LOCK_UNCOUNTED)
			continue;
		endless[event->lock] = false;
		coverage->unordered_objects++;
	}
	free(endless);
}

void coverage_take(const struct report *report, struct coverage *coverage)
{
	const struct model *model = report->analysis->model;
	*coverage = (struct coverage){
		.truncated = report->findings->truncated.cycles,
		.futex_stack = NO_INDEX,
	};
	add_processes(model, coverage);
	add_nodes(model, coverage);
	add_locks(model, coverage);
	add_futexes(model, coverage);
	add_unjudged(model, coverage);
}

const char *coverage_nothing(const struct model *model)
{
	if (!model->process_count)
		return "there is no recording at all";
	for (size_t i = 0; i < model->process_count; i++)
		if (model->processes[i].acquisitions)
			return NULL;
	return "no lock was ever taken, as far as was recorded";
}
