/* Owns the edges of order that lead from one process to another. */
#include "process_order.h"

#include <stdlib.h>

#include "xalloc.h"

/* The threads of each process follow one another: those of p are [first[p], first[p + 1]). */
static uint32_t *first_threads(const struct model *model)
{
	uint32_t *first = xcalloc(model->process_count + 1, sizeof(*first));

	for (size_t t = 0; t < model->thread_count; t++)
		first[model->threads[t].process + 1]++;
	for (size_t p = 0; p < model->process_count; p++)
		first[p + 1] += first[p];
	return first;
}

/* All that the image did comes before what the thread does from that epoch on. */
static void add_end(const uint32_t *first, uint32_t image, uint32_t thread, uint32_t epoch,
		    struct order_edges *edges)
{
	for (uint32_t t = first[image]; t < first[image + 1]; t++)
		order_edges_add(edges, &(struct order_edge){
					       .from = t,
					       .leaves = UINT32_MAX,
					       .to = thread,
					       .arrives = epoch,
					       .release = NO_INDEX,
					       .acquire = NO_INDEX,
				       });
}

/* Whether something is held there that other processes may take. */
static bool holds_shared(const struct model *model, uint32_t node)
{
	for (; node != NO_INDEX; node = model->nodes[node].parent) {
		const struct lock *lock = &model->locks[model->nodes[node].lock];

		if (lock->has_identity || lock->kind == TRACE_LOCK_file ||
		    lock->flags & TRACE_LOCK_SHARED)
			return true;
	}
	return false;
}

/* The thread that an image began with; NO_INDEX. */
static uint32_t main_thread(const struct model *model, const uint32_t *first, uint32_t image)
{
	for (uint32_t t = first[image]; t < first[image + 1]; t++) {
		if (model->threads[t].state & TRACE_THREAD_MAIN)
			return t;
	}
	return NO_INDEX;
}

static void add_wait(const struct model *model, const uint32_t *first,
		     const struct awaited *awaited, struct order_edges *edges)
{
	if (awaited->process == NO_INDEX || holds_shared(model, awaited->node))
		return;
	for (uint32_t image = awaited->process; image != NO_INDEX;
	     image = model->processes[image].before)
		add_end(first, image, awaited->thread, awaited->epoch, edges);
}

void process_order_add(const struct model *model, struct order_edges *edges)
{
	uint32_t *first = first_threads(model);

	for (uint32_t p = 0; p < model->process_count; p++) {
		uint32_t before = model->processes[p].before;
		uint32_t thread = before == NO_INDEX ? NO_INDEX : main_thread(model, first, p);

		if (thread != NO_INDEX)
			add_end(first, before, thread, 0, edges);
	}
	for (size_t i = 0; i < model->awaited_count; i++)
		add_wait(model, first, &model->awaited[i], edges);
	free(first);
}
