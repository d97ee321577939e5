/*
 * The acquisitions of one edge of the graph, sorted and folded for judging: classes of what cannot
 * be told apart by what it holds, how it waits and where it stands; in a class, one member for each
 * thread and each set of epochs.
 */
#ifndef GORDIAN_EDGE_VIEW_H
#define GORDIAN_EDGE_VIEW_H

#include "graph.h"
#include "place.h"
#include <uthash.h>

#define BEFORE_ALL (-1)
#define AFTER_ALL INT64_MAX

/*
 * An acquisition by a thread. It lies after the anchor thread's epoch `from` and before its epoch
 * `to`, so x is before y if x.to <= y.from.
 */
struct member {
	uint32_t node; /* the most frequent one */
	uint32_t holder;
	uint32_t thread;
	uint64_t count;
	int64_t from, to;
	int64_t reach; /* the largest `to` of the members of the class up to this one */
};

struct member_class {
	uint32_t first, count; /* members, ascending by `from` */
	uint32_t want_place, hold_place;
	unsigned flags; /* TRACE_OP_TRY, _TIMED, _SHARED of the wanted lock */
	bool held_shared;
	const struct held_set *held; /* but for the ends of threads: those differ by member */
};

struct edge_view {
	size_t edge;		      /* index into graph->edges */
	struct member_class *classes; /* ascending by the texts of their places */
	uint32_t class_count;
	struct member *members;
	uint32_t member_count;
	UT_hash_handle hh;
};

/* anchor: a thread, best one that creates and joins most others; NO_INDEX: none. */
struct edge_view *edge_view_new(const struct graph *graph, size_t edge, struct places *places,
				uint32_t anchor);
void edge_view_free(struct edge_view *view);

#endif
