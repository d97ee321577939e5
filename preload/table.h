/*
 * The table in which a thread finds its situations: key -> node, and how often it was met. What is
 * counted lies in the trace file (trace_format.h, counts), in two levels:
 *
 * All that it has met, in the order in which it met them first: what comes one after the other
 * mostly did so before, and shares a line of memory. An index, that only changes when something is
 * new, leads there.
 *
 * Near, by key: as many of them as there is room for, with some to spare; where they are too many,
 * the most frequent. A cache line is two buckets of two slots each, the only ones that the fast
 * path looks at. What is near is counted there, and also has its place among all.
 */
#ifndef GORDIAN_TABLE_H
#define GORDIAN_TABLE_H

#include "recorder.h"

/* An entry of the index: the number of a situation, from TABLE_FIRST up, and bits of its key. */
enum { TABLE_FIRST = 32, TABLE_NUMBER_BITS = 18 };

/* The slot of a key, when it is near: else one with another key. Bits 20 and up of a key tell the
 * bucket: all factors have an effect there (tree.h). */
static inline struct trace_slot *table_near(const struct thread *self, uint64_t key)
{
	struct trace_slot *slot =
		(struct trace_slot *)((char *)self->slots + (key >> 15 & self->mask));

	return likely(slot->key == key) ? slot : slot + 1;
}

/* The one with that number: each run of them is as long as all before it and TABLE_FIRST. */
static inline struct trace_slot *table_numbered(const struct thread *self, uint32_t number)
{
	unsigned run = 31 - (unsigned)__builtin_clz(number);

	return self->met.runs[run] + (number ^ 1u << run);
}

/* The slot of a key among all that were met; NULL: it is not there. By the thread itself; what a
 * signal handler does in between does no harm. */
static inline struct trace_slot *table_met(const struct thread *self, uint64_t key)
{
	const struct table_index *index = self->met.index;
	uint32_t tag = (uint32_t)(key >> (32 + TABLE_NUMBER_BITS)), entry;

	for (uint64_t at = key >> 20;; at++) {
		entry = index->entries[at & index->mask];
		if (!entry)
			return NULL;
		if (entry >> TABLE_NUMBER_BITS == tag) {
			struct trace_slot *slot =
				table_numbered(self, entry & ((1u << TABLE_NUMBER_BITS) - 1));

			if (slot->key == key)
				return slot;
		}
	}
}

/* The slot of a key, wherever it is; NULL: it is not there. By the thread itself. */
struct trace_slot *table_find(struct thread *self, uint64_t key);
/* Something was counted in a slot, not in the usual way. Now and then that is to be said: it may
 * be frequent enough to be near, or come to its limit. By the thread itself, in a section. */
void table_counted(struct thread *self, struct trace_slot *slot);

/* Under the recorder's lock: */

/* A slot for a key that is not there, with no count. NULL: none. */
struct trace_slot *table_put(struct thread *self, uint64_t key, uint32_t node);
/* Tells the lives of the locks of a node's path from others there; 0: one is over. */
uint64_t table_life(uint32_t node);
/* Takes away what was counted of a node while its path had that life. By the thread itself. */
uint64_t table_take_count(struct thread *self, uint32_t node, uint64_t life);
/* The same of all lives, where it was met for the first time as that number or later. */
uint64_t table_take_since(struct thread *self, uint32_t number, uint32_t node);
/* An empty table for a thread that has none. False: no space. */
bool table_give(struct thread *thread);
/* Adds the counts to the nodes, and takes the table from the thread, for another. */
void table_take(struct thread *thread);
/* The table lay in the trace of the parent process. */
void table_forget(struct thread *thread);
/* A new trace: so did all that were kept for others. */
void table_forget_all(void);

#endif
