#include "told.h"
#include "bisect.h"

#include <stdlib.h>

#include "compare.h"
#include "signal_sections.h"
#include "xalloc.h"

struct told {
	const struct model *model;
	uint32_t *taken; /* nodes, by thread and lock */
	size_t taken_count;
	uint32_t *monitors; /* locks that conditions are signalled with, each once */
	size_t monitor_count;
	uint32_t *untold; /* of each thread: from which epoch on, and 1; 0: never */
};

static int by_thread(const void *left, const void *right, void *context)
{
	const struct node *nodes = context;
	const uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;

	if (nodes[x].thread != nodes[y].thread)
		return compare_numbers(nodes[x].thread, nodes[y].thread);
	return nodes[x].lock != nodes[y].lock ? compare_numbers(nodes[x].lock, nodes[y].lock)
					      : compare_numbers(x, y);
}

static bool is_taken(const struct node *node)
{
	return node->count > 0 && !node->implied && !(op_flags(node->op) & TRACE_OP_SIGNAL);
}

static void list_monitors(struct told *told)
{
	const struct model *model = told->model;
	size_t count = 0;

	told->monitors =
		xcalloc(model->event_count + model->signal_count + 1, sizeof(*told->monitors));
	for (size_t i = 0; i < model->event_count; i++)
		if (awaited_signal_in_section(&model->events[i]))
			told->monitors[count++] = model->nodes[model->events[i].node].lock;
	for (size_t i = 0; i < model->signal_count; i++)
		told->monitors[count++] = model->nodes[model->signals[i].node].lock;
	if (count)
		qsort(told->monitors, count, sizeof(*told->monitors), compare_u32);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || told->monitors[i] != told->monitors[i - 1])
			told->monitors[told->monitor_count++] = told->monitors[i];
}

static void list_untold(struct told *told)
{
	const struct model *model = told->model;

	told->untold = xcalloc(model->thread_count + 1, sizeof(*told->untold));
	for (size_t i = 0; i < told->taken_count; i++) {
		const struct node *node = &model->nodes[told->taken[i]];
		uint32_t *untold = &told->untold[node->thread];
		const uint32_t first = model->spans[node->first_span].first;

		if (told_is_untold(node) && (!*untold || first < *untold - 1))
			*untold = first + 1;
	}
}

struct told *told_new(const struct model *model)
{
	struct told *told = xcalloc(1, sizeof(*told));

	told->model = model;
	told->taken = xcalloc(model->node_count + 1, sizeof(*told->taken));
	for (uint32_t i = 0; i < model->node_count; i++)
		if (is_taken(&model->nodes[i]))
			told->taken[told->taken_count++] = i;
	if (told->taken_count)
		qsort_r(told->taken, told->taken_count, sizeof(*told->taken), by_thread,
			model->nodes);
	list_monitors(told);
	list_untold(told);
	return told;
}

void told_free(struct told *told)
{
	free(told->taken);
	free(told->monitors);
	free(told->untold);
	free(told);
}

static size_t first_of(const struct told *told, uint32_t thread, uint32_t lock)
{
	const struct node *nodes = told->model->nodes;

	return BISECT(0, told->taken_count, i,
		      nodes[told->taken[i]].thread < thread ||
			      (nodes[told->taken[i]].thread == thread &&
			       nodes[told->taken[i]].lock < lock));
}

const uint32_t *told_taken(const struct told *told, uint32_t thread, uint32_t lock, size_t *count)
{
	const size_t first = first_of(told, thread, lock);

	*count = first_of(told, thread, lock + 1) - first;
	return told->taken + first;
}

/* Whether it came after that node of the same thread for all that is known: its nodes are in the
 * order in which they were met first. */
static bool may_follow(const struct model *model, uint32_t index, uint32_t node)
{
	const uint32_t first = model->spans[model->nodes[index].first_span].first;
	const uint32_t other = model->spans[model->nodes[node].first_span].first;

	return first > other || (first == other && index > node) || model->nodes[index].count > 1 ||
	       model->nodes[node].count > 1;
}

/* Whether the other one took the monitor afterwards. */
static bool was_in_after(const struct told *told, const struct telling *telling, uint32_t monitor)
{
	const struct model *model = told->model;
	const uint32_t thread = model->nodes[telling->node].thread;

	for (size_t i = first_of(told, thread, monitor); i < told->taken_count; i++) {
		const struct node *node = &model->nodes[told->taken[i]];
		const struct span *spans = &model->spans[node->first_span];

		if (node->thread != thread || node->lock != monitor)
			break;
		if (spans[node->span_count - 1].last >= telling->taken &&
		    may_follow(model, told->taken[i], telling->node))
			return true;
	}
	return false;
}

/* Whether the first one took the monitor before; not inside the lock. */
static bool was_in_before(const struct told *told, const struct telling *telling, uint32_t monitor)
{
	const struct model *model = told->model;

	for (size_t i = first_of(told, telling->thread, monitor); i < told->taken_count; i++) {
		const struct node *node = &model->nodes[told->taken[i]];

		if (node->thread != telling->thread || node->lock != monitor)
			break;
		if (model->spans[node->first_span].first <= telling->since &&
		    !path_has_lock(model, node->parent, telling->lock))
			return true;
	}
	return false;
}

/* Whether it signalled a condition of the lock itself. */
static bool has_signalled(const struct told *told, const struct telling *telling)
{
	const struct model *model = told->model;
	const struct node *node = &model->nodes[telling->node];

	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (awaited_signal_in_section(event) && event->thread == node->thread &&
		    model->nodes[event->node].lock == node->lock && event->epoch >= telling->taken)
			return true;
	}
	for (size_t i = 0; i < model->signal_count; i++) {
		const struct node *under = &model->nodes[model->signals[i].node];

		if (under->thread == node->thread && under->lock == node->lock &&
		    model->signals[i].epoch >= telling->taken &&
		    (model->signals[i].node == telling->node ||
		     may_follow(model, model->signals[i].node, telling->node)))
			return true;
	}
	return false;
}

static bool by_data(const struct told *told, const struct telling *telling)
{
	const struct node *node = &told->model->nodes[telling->node];

	for (size_t i = 0; i < told->monitor_count; i++) {
		const uint32_t monitor = told->monitors[i];

		if (monitor == node->lock) {
			if (has_signalled(told, telling))
				return true;
		} else if (was_in_after(told, telling, monitor) &&
			   was_in_before(told, telling, monitor)) {
			return true;
		}
	}
	return false;
}

const uint32_t *told_monitors(const struct told *told, size_t *count)
{
	*count = told->monitor_count;
	return told->monitors;
}

bool told_is_untold(const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_REACQUIRE && node->op != TRACE_OP_cond_wait &&
	       node->op != TRACE_OP_cnd_wait;
}

static bool by_waiting(const struct told *told, const struct telling *telling)
{
	const struct model *model = told->model;
	const struct thread *thread = &model->threads[telling->thread];

	return (thread->blind && thread->blind - 1 <= telling->since) ||
	       (told->untold[telling->thread] &&
		told->untold[telling->thread] - 1 <= telling->since);
}

static bool by_futex(const struct told *told, const struct telling *telling)
{
	const struct model *model = told->model;

	for (size_t i = 0; i < model->futex_count; i++)
		if (model->futexes[i].process == model->threads[telling->thread].process)
			return true;
	return false;
}

static bool is_fresh(const struct told *told, const struct telling *telling)
{
	const struct model *model = told->model;
	const struct node *node = &model->nodes[telling->node];
	const struct lock *lock = &model->locks[node->lock];

	return lock->created_by == node->thread && !lock->has_identity && node->count == 1 &&
	       !lock_is_static(model, lock) &&
	       told->taken[first_of(told, node->thread, node->lock)] == telling->node;
}

bool told_otherwise(const struct told *told, const struct telling *telling)
{
	return is_fresh(told, telling) || by_futex(told, telling) || by_waiting(told, telling) ||
	       by_data(told, telling);
}
