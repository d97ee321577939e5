/*
 * In which epochs of its thread a node occurred (trace_format.h, span), and what a thread held when
 * an epoch ended (across).
 */
#ifndef GORDIAN_SPANS_H
#define GORDIAN_SPANS_H

#include "recorder.h"

/* Whether it can be the writer that readers wait behind, who matters wherever he comes from. */
bool spans_may_part_readers(const struct trace_node *node);
/* The node was last seen in another epoch: starts a new span, or widens the last one. In a section.
 */
void spans_enter(struct thread *self, struct trace_node *node);
/*
 * The node, which the thread meets no more, is to have been met in that epoch, too. Where it has
 * many spans, and the thread made others only from one epoch to another, any in between may seem
 * one of these: who is at the same time as the thread then, still is in the last. Under the
 * recorder's lock.
 */
void spans_add(const struct thread *self, struct trace_node *node, uint32_t epoch);
/* What it holds goes on in the next epoch. In the slow path. */
void spans_note_across(struct thread *self);
/* A new trace. */
void spans_reset(void);

#endif
