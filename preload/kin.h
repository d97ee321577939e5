/* What a thread did, in numbers: the same for those that did the same (twins.h). */
#ifndef GORDIAN_KIN_H
#define GORDIAN_KIN_H

#include "recorder.h"

/* Never 0. */
uint64_t kin_mix(uint64_t a, uint64_t b);
/* A node of that thread, by what it and those above it are. */
uint64_t kin_print(const struct twin *twin, uint32_t ref);
/* What its creation and its end were like. Whether it is detached may turn out later. */
uint64_t kin_print_thread(const struct trace_thread *record);
/* Who takes it inside something may be in a circle by that; and the writer whom a reader waits
 * behind is in none of its steps. */
uint32_t kin_parts(const struct trace_node *node);

/* What the other node counts counts there. */
void kin_count(struct trace_node *to, struct trace_node *from);
/* The node that is to that thread what the join is to the one that was joined. NULL: the joiner has
 * ended, or no space. Under the recorder's lock. */
struct trace_node *kin_join(const struct trace_node *join, uint32_t thread);
/* The same, and when: at any time from the first to the last. */
void kin_move(struct trace_node *to, struct trace_node *from);

#endif
