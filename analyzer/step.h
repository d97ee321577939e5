/* A step of a finding, made from an acquisition of the graph. */
#ifndef GORDIAN_STEP_H
#define GORDIAN_STEP_H

#include "finding.h"
#include "graph.h"
#include "witness.h"

/* The acquisition of a node. */
struct finding_hold step_hold(const struct graph *graph, uint32_t node);

/*
 * Fills a zeroed step: its thread, all that the node's path holds, what it wants, and `count`.
 * `held`: the lock of the cycle that it holds, or NO_INDEX. The end of the thread (joins.h) is
 * among what it holds if it is that one.
 */
void step_fill(struct finding_step *step, const struct graph *graph, uint32_t node, uint64_t count,
	       uint32_t held);

/* Gives the finding the moves of a witness. */
void finding_show_moves(struct finding *finding, const struct graph *graph,
			const struct witness_move *moves, size_t count);

/* Enters the thread of a step among those of the finding, which have room for it, once. */
void step_count_thread(struct finding *finding, const struct finding_step *step);

#endif
