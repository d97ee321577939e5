/* Owns the nodes by which threads hold their ends. */
#include "joins.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Who joins itself does something else that is wrong (self-join). */
static bool is_join(const struct model *model, const struct node *node)
{
	const struct lock *lock = &model->locks[node->lock];
	return lock->kind == TRACE_LOCK_thread && lock->thread != NO_INDEX &&
	       lock->thread != node->thread;
}

/* The lock that is the end of each thread: the first, where records differ; NO_INDEX. */
static uint32_t *ends_find(const struct model *model, size_t *count)
{
	uint32_t *ends = xmalloc((model->thread_count + 1) * sizeof(*ends));
	memset(ends, 0xff, (model->thread_count + 1) * sizeof(*ends));
	*count = 0;
	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		if (!is_join(model, node) || node->count == 0)
			continue;
		uint32_t *end = &ends[model->locks[node->lock].thread];
		*count += *end == NO_INDEX;
		if (*end == NO_INDEX)
			*end = node->lock;
	}
	return ends;
}

struct model *joins_lay(const struct model *model)
{
	size_t count;
	uint32_t *ends = ends_find(model, &count);
	if (count == 0) {
		free(ends);
		return NULL;
	}
	struct model *laid = xmalloc(sizeof(*laid));
	*laid = *model;
	laid->nodes = xcalloc(model->node_count + count, sizeof(*laid->nodes));
	memcpy(laid->nodes, model->nodes, model->node_count * sizeof(*laid->nodes));
	uint32_t *holds = xmalloc((model->thread_count + 1) * sizeof(*holds));
	for (uint32_t thread = 0; thread < model->thread_count; thread++) {
		holds[thread] = NO_INDEX;
		if (ends[thread] == NO_INDEX)
			continue;
		holds[thread] = laid->node_count++;
		laid->nodes[holds[thread]] = (struct node){
			.thread = thread,
			.parent = NO_INDEX,
			.lock = ends[thread],
			.taken = ends[thread],
			.stack = model->threads[thread].created_stack,
			.wait = NO_INDEX,
			.op = JOINS_HOLD_OP,
		};
	}
	for (size_t i = 0; i < model->node_count; i++) {
		struct node *node = &laid->nodes[i];
		if (node->parent == NO_INDEX)
			node->parent = holds[node->thread];
		/* Of one that nobody came to, nothing was made. */
		if (is_join(model, node) && ends[model->locks[node->lock].thread] != NO_INDEX)
			node->lock = ends[model->locks[node->lock].thread];
	}
	free(holds);
	free(ends);
	return laid;
}

void joins_free(struct model *laid)
{
	if (!laid)
		return;
	free(laid->nodes);
	free(laid);
}
