/* The circles of a wait-for graph. */
#ifndef GORDIAN_WAIT_CYCLES_H
#define GORDIAN_WAIT_CYCLES_H

#include "wait_graph.h"

/*
 * Finds the circles, one for each set of threads that wait for each other, and who is stuck behind
 * them. All else of the graph is set.
 */
void wait_cycles_find(struct wait_graph *graph);

#endif
