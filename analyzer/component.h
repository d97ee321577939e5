/*
 * One component of the acquisition graph for itself: its locks numbered from 0, the edges inside it
 * both ways, and for each edge the different sets its acquisitions hold.
 */
#ifndef GORDIAN_COMPONENT_H
#define GORDIAN_COMPONENT_H

#include "graph.h"

/* Different held sets of one edge that are told apart; an edge with more is taken to have any. */
#define EDGE_MAX_SETS 64

struct edge_sets {
	const struct held_set **sets;
	uint32_t count;
	bool known; /* computed */
	bool many;  /* more than EDGE_MAX_SETS; sets is empty */
};

struct component {
	const struct graph *graph;
	const uint32_t *locks; /* number -> lock, ascending */
	uint32_t lock_count, edge_count;
	/* The successors of lock number v are to[first[v]] … to[first[v + 1] - 1], ascending; an
	 * index into `to` is an edge. Predecessors likewise. */
	uint32_t *first, *to;
	uint32_t *back_first, *back;
	uint32_t *graph_edges;	/* of each edge: index into graph->edges */
	struct edge_sets *sets; /* of each edge; through component_edge_sets */
};

/* index: into graph->components. The graph must outlive it. */
void component_init(struct component *component, const struct graph *graph, size_t index);
void component_release(struct component *component);

/* The edge between two locks (numbers), which exists. */
uint32_t component_edge(const struct component *component, uint32_t from, uint32_t to);
/* The lock (number) where an edge begins. */
uint32_t component_edge_from(const struct component *component, uint32_t edge);
const struct edge_sets *component_edge_sets(struct component *component, uint32_t edge);
/* How many different threads acquire something in it; at most `enough` are counted. */
uint32_t component_threads(const struct component *component, uint32_t enough);

#endif
