/*
 * How long locks are held and waited for: sums and histograms in the trace, for tree.c.
 *
 * Both are called in the fast path's bracket (thread_enter), and take the recorder's lock
 * themselves where a record is to be made.
 */
#ifndef GORDIAN_TIMES_H
#define GORDIAN_TIMES_H

#include "recorder.h"
#include "system.h"

/* A hold that was timed is about to end; the thread still holds the lock. */
void times_add_hold(struct thread *self, const struct trace_held_entry *entry);
/* One that is going to be added: there is to be a record for it. */
void times_expect_wait(struct thread *self, struct trace_node *node);
/* An acquisition, or a wait for something else, that took so many ticks. */
void times_add_wait(struct thread *self, struct trace_node *node, uint64_t ticks);

#endif
