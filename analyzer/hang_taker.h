/* Who left a file locked: what is waited for may belong to a process, and to no thread any more. */
#ifndef GORDIAN_HANG_TAKER_H
#define GORDIAN_HANG_TAKER_H

#include "hangs.h"

/* Whether the waiter waits for a lock on a file that no thread has, but a process that is known. */
bool hang_is_left_locked(const struct wait_graph *graph, uint32_t waiter);

/* The thread that took it, when that is certain: one that has ended, and the only one of these
 * processes that ever did. Else *orphan stays as it is. */
void hang_find_taker(const struct wait_graph *graph, uint32_t waiter, struct orphan *orphan);

#endif
