/*
 * What verdict.c is made of: the search for a combination of acquisitions (verdict.c), and whether
 * one more acquisition goes with those chosen before it (judge_fits.c).
 */
#ifndef GORDIAN_JUDGE_H
#define GORDIAN_JUDGE_H

#include "announce.h"
#include "edge_view.h"
#include "guarded.h"
#include "head_starts.h"
#include "seats.h"
#include "verdict.h"

enum condition {
	DISTINCT = 1,
	UNGATED = 2,
	CONCURRENT = 4,
	CONFLICTING = 8,
	WAITING = 16,
	UNLIMITED = 32,
	NEEDED = 64,  /* no acquisition holds another lock of the cycle; each holder keeps out */
	APART = 128,  /* concurrent as far as creates and joins tell */
	SEATED = 256, /* the semaphores have units for all of them (seats.h) */
	ALL_CONDITIONS = 127 | SEATED, /* what is concurrent is apart */
};

struct judge {
	const struct graph *graph;
	struct order *order;
	struct announcements *announcements; /* NULL: nobody is joined under a lock */
	struct places *places;
	struct head_starts *head_starts; /* NULL: nobody begins behind a lock */
	struct seats *seats;		 /* NULL: no semaphore is known to have too few units */
	bool inside;			 /* some thread began tasks while it held something */
	bool guarded;			 /* some thread lives under another one's lock */
	uint32_t component, anchor;
	struct edge_view *kept; /* by edge, of this component */
	size_t kept_members;
	/* The cycle at hand; arrays of `size`. */
	const uint32_t *locks;
	size_t count, size;
	struct edge_view **views;
	const struct member_class **classes; /* the combination */
	const struct member **members;
	uint32_t *writers; /* nodes between each and the next, or NO_INDEX */
	struct judged_step *steps;
	unsigned required; /* conditions */
	uint64_t steps_left, steps_used;
	bool turns, turns_known; /* whether the threads work in turn; asked when a search is cut */
};

/* The acquisition after i in the cycle: it holds what acquisition i wants. */
static inline size_t judge_after(const struct judge *judge, size_t i)
{
	return (i + 1) % judge->count;
}

/* Whether acquisition i does not block on what the next one holds by itself: both are readers. */
bool judge_both_read(const struct judge *judge, size_t i);

/* Whether two acquisitions of one thread are in tasks, under what may have been held around these,
 * where others that do them hold nothing. */
static inline bool judge_in_tasks_inside(const struct judge *judge, uint32_t x, uint32_t y)
{
	const struct model *model = judge->graph->model;
	const uint32_t thread = model->nodes[x].thread;

	return thread == model->nodes[y].thread && model->threads[thread].tasks_inside;
}

/* Whether two acquisitions are by different threads, or can be: in different tasks. */
static inline bool judge_distinct(const struct judge *judge, uint32_t x, uint32_t y)
{
	const struct node *nodes = judge->graph->model->nodes;

	return nodes[x].thread != nodes[y].thread || tasks_apart(order_tasks(judge->order), x, y);
}

/* A lock that keeps the two acquisitions apart, whoever holds it around them; NO_INDEX. */
static inline uint32_t judge_gate(const struct judge *judge, uint32_t x, uint32_t y)
{
	if (judge->inside && judge_in_tasks_inside(judge, x, y))
		return NO_INDEX;
	uint32_t gate = nodes_gate(judge->graph, x, y);
	if (gate == NO_INDEX && judge->guarded)
		gate = guarded_gate(judge->graph, x, y);
	if (gate == NO_INDEX && judge->head_starts)
		gate = head_starts_gate(judge->head_starts, judge->graph->model, x, y);
	return gate;
}

/* Whether the class chosen for edge i goes with those chosen before it. */
bool judge_class_fits(const struct judge *judge, size_t i);
/* The same for the member, once the classes are chosen. */
bool judge_member_fits(struct judge *judge, size_t i);
/* Whether the writer goes with all acquisitions, and with the writers before the one of step i. */
bool judge_writer_fits(const struct judge *judge, size_t i, uint32_t writer);

#endif
