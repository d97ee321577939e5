/*
 * The table in which a thread finds its situations: key -> node, and how often it was met. It lies
 * in the trace file (trace_format.h, counts), so that an acquisition touches one line of memory
 * beside the held stack.
 *
 * A cache line is a bucket of two slots, the only ones that the fast path looks at; further keys
 * are in one of the next few in the order home, home ^ 2, home ^ 4, … The most frequent of a
 * bucket's keys are moved into it. Where there is no room in any, which does not happen while the
 * table may grow, the rarest is forgotten: it is found again by what it stands for
 * (struct thread.known).
 */
#ifndef GORDIAN_TABLE_H
#define GORDIAN_TABLE_H

#include "recorder.h"

/* The slot of a key, when it is in its own bucket: else one with another key. Bits 21 and up of a
 * key tell the bucket: all factors have an effect there (tree.h). */
static inline struct trace_slot *table_near(const struct thread *self, uint64_t key)
{
	struct trace_slot *slot =
		(struct trace_slot *)((char *)self->slots + (key >> 15 & self->mask));

	return likely(slot->key == key) ? slot : slot + 1;
}

/* The slot of a key, wherever it is; NULL: it is not there. By the thread itself. */
struct trace_slot *table_find(struct thread *self, uint64_t key);

/* Under the recorder's lock: */

/* A slot for a key that is not there, with no count. NULL: none. */
struct trace_slot *table_put(struct thread *self, uint64_t key, uint32_t node);
/* Tells the lives of the locks of a node's path from others there; 0: one is over. */
uint64_t table_life(uint32_t node);
/* Takes away what was counted of a node while its path had that life. By the thread itself. */
uint64_t table_take_count(struct thread *self, uint32_t node, uint64_t life);
/* An empty table for a thread that has none. False: no space. */
bool table_give(struct thread *thread);
/* Adds the counts to the nodes, and takes the table from the thread, for another. */
void table_take(struct thread *thread);
/* A new trace: the tables lay in the old one. */
void table_forget_all(void);

#endif
