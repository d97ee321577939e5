/*
 * Strongly connected components: Tarjan, "Depth-first search and linear graph algorithms" (SIAM J.
 * Comput. 1:2, 1972), without recursion, because a graph may have a path through all its vertices.
 */
#ifndef GORDIAN_SCC_H
#define GORDIAN_SCC_H

#include <stddef.h>
#include <stdint.h>

/* The successors of vertex v are to[first[v]] … to[first[v + 1] - 1]; repetitions do no harm. */
struct digraph {
	uint32_t vertex_count;
	const size_t *first;
	const uint32_t *to;
};

/*
 * Numbers the components 0, 1, … and writes each vertex's number to component[vertex]. Returns how
 * many there are. Time and space are linear.
 */
uint32_t scc_find(const struct digraph *graph, uint32_t *component);

#endif
