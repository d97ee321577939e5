/*
 * Models made by hand, for tests of what comes after the reader: threads, locks and nodes are added
 * one by one. Locks, threads and places have the names they are given; synthetic.c answers names.h
 * and a test that uses it does not link names.c.
 *
 * Epochs: the main thread's clock. synthetic_thread and synthetic_join advance it as the recorder
 * does, and nodes get the epoch their thread is in, unless they are given spans.
 */
#ifndef GORDIAN_SYNTHETIC_H
#define GORDIAN_SYNTHETIC_H

#include "finding.h"

struct synthetic {
	struct model model; /* first: names_new finds the rest through it */
	uint32_t main;
	const char **lock_names; /* of each lock */
	const char **functions;	 /* of each stack */
	uint32_t *epoch;	 /* of each thread, now */
	size_t thread_size, lock_size, stack_size, node_size, span_size, held_size;
};

struct synthetic *synthetic_new(void);
void synthetic_free(struct synthetic *synthetic);

/* Another process, without threads. */
uint32_t synthetic_process(struct synthetic *synthetic);
/* A thread made by `creator`. */
uint32_t synthetic_thread(struct synthetic *synthetic, uint32_t creator, const char *name);
void synthetic_join(struct synthetic *synthetic, uint32_t joiner, uint32_t thread);
/* The name is also its class. Names are not copied. */
uint32_t synthetic_lock(struct synthetic *synthetic, const char *name);
/* A node, counted `count` times, in `function`; its span is the thread's present epoch. */
uint32_t synthetic_node(struct synthetic *synthetic, uint32_t thread, uint32_t parent,
			uint32_t lock, uint16_t op, const char *function, uint64_t count);
/* The node for pthread_mutex_lock, once, in "f". */
uint32_t synthetic_take(struct synthetic *synthetic, uint32_t thread, uint32_t parent,
			uint32_t lock);
/* thread takes the locks one inside the other; the innermost node. NO_INDEX ends the list. */
uint32_t synthetic_nest(struct synthetic *synthetic, uint32_t thread, ...);

/*
 * The thread is live and holds what the path of `node` (NO_INDEX: nothing) and the node itself say,
 * and waits for `lock` by `op`, at a place in "wait"; op 0: it waits for nothing. The held is valid
 * until the next call.
 */
struct held *synthetic_held(struct synthetic *synthetic, uint32_t thread, uint32_t node,
			    uint16_t op, uint32_t lock);
/* The lock that stands for the thread's end. */
uint32_t synthetic_end(struct synthetic *synthetic, uint32_t thread, const char *name);

/* Runs all checks. The caller frees the findings. */
void synthetic_check(struct synthetic *synthetic, struct findings *findings);

#endif
