#include "model_sum.h"

#include <stdlib.h>

#include "xalloc.h"

uint64_t ticks_to_ns(uint64_t ticks, double ns_per_tick)
{
	double ns = (double)ticks * ns_per_tick;

	return ns < 0x1p63 ? (uint64_t)ns : (uint64_t)INT64_MAX;
}

/* Whether it is something to take: threads, processes and conditions are only waited for. */
static bool is_taken(const struct lock *lock)
{
	return lock->kind != TRACE_LOCK_thread && lock->kind != TRACE_LOCK_process &&
	       lock->kind != TRACE_LOCK_condition;
}

bool lock_counts(const struct lock *lock)
{
	return is_taken(lock) && (lock->kind != TRACE_LOCK_custom || lock->acquisitions);
}

/* Whether the node neither takes nor waits. */
static bool gives(const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_SIGNAL;
}

static void count_thread(struct lock *lock, const struct thread *thread)
{
	const uint64_t count = lock->threads + 1 + thread->alike;

	lock->threads = count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

/*
 * How many threads took each lock. The nodes are sorted by lock (counting sort); within one lock a
 * thread counts when it was not stamped with that lock yet.
 */
static void count_threads(struct model *model, size_t first_thread, size_t first_lock,
			  size_t first_node)
{
	size_t locks = model->lock_count - first_lock;
	size_t nodes = model->node_count - first_node;
	uint32_t *ends = xcalloc(locks + 1, sizeof(*ends));
	uint32_t *sorted = xcalloc(nodes, sizeof(*sorted));
	uint32_t *stamps = xcalloc(model->thread_count - first_thread, sizeof(*stamps));

	for (size_t n = first_node; n < model->node_count; n++)
		ends[model->nodes[n].lock - first_lock + 1]++;
	for (size_t l = 0; l < locks; l++)
		ends[l + 1] += ends[l];
	for (size_t n = first_node; n < model->node_count; n++)
		sorted[ends[model->nodes[n].lock - first_lock]++] = (uint32_t)n;
	for (size_t i = 0; i < nodes; i++) {
		const struct node *node = &model->nodes[sorted[i]];
		uint32_t *stamp = &stamps[node->thread - first_thread];
		uint32_t mark = node->lock - (uint32_t)first_lock + 1;

		if (!node->count || node->implied || *stamp == mark || gives(node))
			continue;
		*stamp = mark;
		count_thread(&model->locks[node->lock], &model->threads[node->thread]);
	}
	free(ends);
	free(sorted);
	free(stamps);
}

void model_sum(struct model *model, size_t first_thread, size_t first_lock, size_t first_node,
	       size_t first_wait)
{
	struct process *process = &model->processes[model->process_count - 1];

	for (size_t i = first_thread; i < model->thread_count; i++)
		if (!(model->threads[i].state & TRACE_THREAD_FAILED))
			process->thread_count += 1 + model->threads[i].alike;
	for (size_t i = first_node; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];

		if (gives(node) || node->implied)
			continue;
		if (is_taken(&model->locks[node->lock]))
			process->acquisitions += node->count;
		model->locks[node->lock].acquisitions += node->count;
	}
	for (size_t i = first_lock; i < model->lock_count; i++)
		if (lock_counts(&model->locks[i]))
			process->lock_count += model->locks[i].lives;
	for (size_t i = first_wait; i < model->wait_count; i++) {
		const struct wait *wait = &model->waits[i];
		struct lock *lock = &model->locks[model->nodes[wait->node].lock];

		lock->contended += wait->count;
		lock->wait_total_ns += wait->total_ns;
		if (lock->wait_max_ns < wait->max_ns)
			lock->wait_max_ns = wait->max_ns;
	}
	count_threads(model, first_thread, first_lock, first_node);
}
