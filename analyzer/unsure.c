/* Owns what threads may have been told by some that are held back. */
#include "unsure.h"

#include <stdlib.h>

#include "bisect.h"
#include "compare.h"
#include "xalloc.h"

static int by_thread(const void *left, const void *right)
{
	const struct unsure *a = left, *b = right;

	return a->thread != b->thread ? compare_numbers(a->thread, b->thread)
				      : compare_numbers(a->monitor, b->monitor);
}

static void add(struct unsures *unsures, uint32_t thread, uint32_t epoch, uint32_t monitor,
		uint32_t last)
{
	unsures->items[unsures->count++] = (struct unsure){thread, epoch, monitor, last};
}

/* One of each thread and monitor. */
static void settle(struct unsures *unsures)
{
	size_t kept = 0;

	if (unsures->count)
		qsort(unsures->items, unsures->count, sizeof(*unsures->items), by_thread);
	for (size_t i = 0; i < unsures->count; i++) {
		const struct unsure *item = &unsures->items[i];
		struct unsure *before = kept ? &unsures->items[kept - 1] : NULL;

		if (!before || by_thread(before, item) != 0) {
			unsures->items[kept++] = *item;
			continue;
		}
		if (item->epoch < before->epoch)
			before->epoch = item->epoch;
		if (item->last > before->last)
			before->last = item->last;
	}
	unsures->count = kept;
}

struct unsures unsures_of(const struct model *model, const struct told *told)
{
	struct unsures unsures = {0};
	const uint32_t *monitors = told_monitors(told, &unsures.monitor_count);

	unsures.items =
		xcalloc(2 * model->node_count + model->thread_count + 1, sizeof(*unsures.items));
	unsures.who = xcalloc(unsures.monitor_count + 1, sizeof(*unsures.who));
	unsures.more = xcalloc(unsures.monitor_count + 1, sizeof(*unsures.more));
	for (uint32_t i = 0; i < model->thread_count; i++)
		if (model->threads[i].blind)
			add(&unsures, i, model->threads[i].blind - 1, NO_INDEX, 0);
	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		const struct span *spans = &model->spans[node->first_span];
		const size_t k = BISECT(0, unsures.monitor_count, j, monitors[j] < node->lock);

		if (!node->count || !node->span_count || op_flags(node->op) & TRACE_OP_SIGNAL)
			continue;
		if (told_is_untold(node))
			add(&unsures, node->thread, spans[0].first, NO_INDEX, 0);
		if (k < unsures.monitor_count && monitors[k] == node->lock)
			add(&unsures, node->thread, spans[0].first, (uint32_t)k,
			    spans[node->span_count - 1].last);
	}
	settle(&unsures);
	return unsures;
}

void unsures_free(struct unsures *unsures)
{
	free(unsures->items);
	free(unsures->who);
	free(unsures->more);
	*unsures = (struct unsures){0};
}

void unsures_begin(struct unsures *unsures)
{
	for (size_t i = 0; i < unsures->monitor_count; i++) {
		unsures->who[i] = NO_INDEX;
		unsures->more[i] = false;
	}
}

void unsures_hold(struct unsures *unsures, uint32_t thread, uint64_t epoch)
{
	size_t i = BISECT(0, unsures->count, k, unsures->items[k].thread < thread);

	for (; i < unsures->count && unsures->items[i].thread == thread; i++) {
		const struct unsure *item = &unsures->items[i];

		if (item->monitor == NO_INDEX || item->last < epoch)
			continue;
		unsures->more[item->monitor] |= unsures->who[item->monitor] != NO_INDEX &&
						unsures->who[item->monitor] != thread;
		unsures->who[item->monitor] = thread;
	}
}

bool unsures_is_sure(const struct unsures *unsures, const struct unsure *item)
{
	if (item->monitor == NO_INDEX)
		return false;
	return !unsures->more[item->monitor] && (unsures->who[item->monitor] == NO_INDEX ||
						 unsures->who[item->monitor] == item->thread);
}
