/*
 * The acquisition graph: an edge h -> w says that some thread wanted lock w while it held lock h.
 * A deadlock over locks is a cycle in it (Coffman, Elphick, Shoshani, Comput. Surv. 3:2, 1971);
 * which cycles are one is for verdict.h to say.
 *
 * Locks are instances: one life of one lock. Only what can lie on a cycle is kept: a first, cheap
 * pass links each lock with the one taken directly before it (which reaches exactly what the full
 * graph reaches, in linear space), and only inside the strongly connected components of that are
 * held sets and edges made.
 *
 * Semaphores that only order (lock_is_void) are not locks here: neither wanted nor held. What
 * only gives (TRACE_OP_SIGNAL) wants nothing.
 *
 * A node is an acquisition if it was counted at least once and its lock does not stand on its own
 * path; nodes never counted only say what was held. Nothing here trusts a trace: a path that bites
 * its own tail is left out, and what would grow beyond the bounds below is left out and counted.
 */
#ifndef GORDIAN_GRAPH_H
#define GORDIAN_GRAPH_H

#include "model.h"

/* Steps along paths, and (held lock, acquisition) pairs, at most. */
#define GRAPH_MAX_STEPS (1u << 25)
#define GRAPH_MAX_PAIRS (1u << 24)

/* Acquisitions of `wanted` by threads that held `held`: nodes edge_nodes[first … first + count). */
struct graph_edge {
	uint32_t held, wanted;
	size_t first;
	uint32_t count;
};

/* What a node's path holds: entries ascending by lock, each lock once. */
struct held_set {
	size_t first; /* into entries */
	uint32_t count;
	uint32_t hash;	 /* equal for sets that differ in ends of threads only, or not at all */
	uint32_t owners; /* of its locks on files; equal if they are the same; 0: it has none */
};

extern const struct held_set held_nothing;

/* A strongly connected component of at least two locks: component_locks[first … first + count). */
struct graph_component {
	uint32_t first, count; /* the locks are in ascending order */
};

struct graph {
	const struct model *model; /* with the ends of threads, if any are waited for (joins.h) */
	struct model *laid;	   /* that model, when it is the graph's; else NULL */
	struct graph_edge *edges;  /* ascending by (held, wanted) */
	size_t *first_edge;	   /* of each lock as the held one; one more than there are locks */
	uint32_t *edge_nodes;
	uint32_t *component_of; /* of each lock; NO_INDEX: on no cycle */
	struct graph_component *components;
	uint32_t *component_locks;
	size_t edge_count, component_count;
	uint32_t *set_of; /* of each node that is a parent: what its path and itself hold; or
			     NO_INDEX */
	struct held_set *sets;
	uint32_t *entries; /* HELD_LOCK, HELD_SHARED */
	/*
	 * Of locks that let writers first (TRACE_LOCK_WRITER_FIRST): who waits for the write side,
	 * and who reads again while reading. Nodes, ascending by lock.
	 */
	uint32_t *writers, *rereaders;
	size_t writer_count, rereader_count;
	unsigned char *tries; /* enum try_meaning of each of the given model's nodes (tries.h); the
				 graph's; NULL: all are what they look like */
	size_t given;	      /* nodes of that model */
	uint64_t cut;	      /* acquisitions left out because a bound was reached */
	uint64_t broken;      /* nodes left out because their path is circular */
};

static inline uint32_t held_entry(uint32_t lock, bool shared)
{
	return lock << 1 | shared;
}

static inline uint32_t held_lock(uint32_t entry)
{
	return entry >> 1;
}

static inline bool held_shared(uint32_t entry)
{
	return entry & 1;
}

/* The graph keeps pointing to the model, whose nodes have the same indices in graph->model. */
struct graph *graph_new(const struct model *model);
/* no_wait: for each node whether it is known never to wait, so that it makes no edge; or NULL. */
struct graph *graph_new_but(const struct model *model, const bool *no_wait);
void graph_free(struct graph *graph);

/* The writers of a lock that lets writers first: *count of them, all that may come between its
 * readers. */
const uint32_t *graph_writers(const struct graph *graph, uint32_t lock, size_t *count);

/* What a try of a node was (enum try_meaning). */
unsigned char graph_meaning(const struct graph *graph, uint32_t node);
/* TRACE_OP_ flags of an acquisition: those of its operation, unless a try stands for a wait. */
unsigned graph_flags(const struct graph *graph, uint32_t node);

/* What an acquisition of an edge, a writer or a rereader held. */
const struct held_set *graph_held(const struct graph *graph, uint32_t node);
bool held_sets_equal(const struct graph *graph, const struct held_set *a, const struct held_set *b);
/*
 * A lock in both that is held exclusively in at least one: its holders exclude each other. Else
 * NO_INDEX. Locks on files are left out: what they exclude depends on their owners. So are those
 * that were given back by others than who held them: these may not have them any more.
 */
uint32_t held_sets_gate(const struct graph *graph, const struct held_set *a,
			const struct held_set *b);
/* The same of what two acquisitions held, such as graph_held knows; or a lock on a file. */
uint32_t nodes_gate(const struct graph *graph, uint32_t a, uint32_t b);
/* Where in the set's entries a lock is; NO_INDEX: it is not in the set. */
uint32_t held_set_index(const struct graph *graph, const struct held_set *set, uint32_t lock);

/* The edge, or NULL. */
const struct graph_edge *graph_edge_find(const struct graph *graph, uint32_t held, uint32_t wanted);

/* Whether the lock is the end of a thread, which only that thread ever holds. */
static inline bool graph_is_end(const struct graph *graph, uint32_t lock)
{
	return graph->model->locks[lock].kind == TRACE_LOCK_thread;
}

/* The outermost node on the path above `node` that took `lock`; NO_INDEX: none. The path must not
 * be circular, which it is not for nodes of edges. */
uint32_t graph_holder(const struct model *model, uint32_t node, uint32_t lock);

#endif
