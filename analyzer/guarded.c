/* Owns who holds what around an acquisition. */
#include "guarded.h"

#define MAX_COVERS 16
/* Longer paths have no gates here. */
#define MAX_LOOKS (1u << 14)

/* A thread, and what it holds for as long as the acquisition lasts: the path from that node. */
struct cover {
	uint32_t thread, node;
};

bool guarded_any(const struct model *model)
{
	for (size_t i = 0; i < model->thread_count; i++)
		if (model->threads[i].guard)
			return true;
	return false;
}

/* Its own, and those of the threads inside whose lives it is. */
static size_t covers_find(const struct model *model, uint32_t node, struct cover *covers)
{
	uint32_t at = model->nodes[node].thread;
	size_t count = 0;

	covers[count++] = (struct cover){at, model->nodes[node].parent};
	while (count < MAX_COVERS) {
		const struct thread *thread = &model->threads[at];

		if (thread->creator == NO_INDEX || !(thread->state & TRACE_THREAD_JOINED) ||
		    thread->joined_by != thread->creator)
			break;
		at = thread->creator;
		covers[count++] = (struct cover){at, thread->guard - 1};
	}
	return count;
}

/* Whether holding it keeps others out, or may be known to. */
static bool keeps_out(const struct model *model, const struct node *node)
{
	const struct lock *lock = &model->locks[node->lock];

	return lock->kind != TRACE_LOCK_thread && lock->kind != TRACE_LOCK_file &&
	       lock->lives <= 1 && !lock->given_back_by_others && !node_is_void(model, node);
}

static uint32_t common(const struct model *model, const struct cover *a, const struct cover *b)
{
	const struct node *nodes = model->nodes;
	unsigned looks = 0;

	for (uint32_t i = a->node; i != NO_INDEX; i = nodes[i].parent) {
		if (!keeps_out(model, &nodes[i]))
			continue;
		for (uint32_t j = b->node; j != NO_INDEX; j = nodes[j].parent) {
			if (++looks > MAX_LOOKS)
				return NO_INDEX;
			if (nodes[i].lock == nodes[j].lock &&
			    !(op_flags(nodes[i].op) & op_flags(nodes[j].op) & TRACE_OP_SHARED))
				return nodes[i].lock;
		}
	}
	return NO_INDEX;
}

uint32_t guarded_gate(const struct graph *graph, uint32_t x, uint32_t y)
{
	const struct model *model = graph->model;
	struct cover mine[MAX_COVERS], other[MAX_COVERS];
	size_t mine_count = covers_find(model, x, mine);
	size_t other_count = covers_find(model, y, other);

	for (size_t i = 0; i < mine_count; i++)
		for (size_t j = 0; j < other_count; j++) {
			uint32_t gate = mine[i].thread != other[j].thread
						? common(model, &mine[i], &other[j])
						: NO_INDEX;
			if (gate != NO_INDEX)
				return gate;
		}
	return NO_INDEX;
}
