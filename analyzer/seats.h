/*
 * Semaphores that let only so many threads in at a time: a room with seats. One that begins at v
 * has no more units out than v and those that were put in: at each moment, all that was taken is at
 * most v and all that was posted (POSIX, sem_wait and sem_post). At a place in its code a thread
 * has taken so many and posted so many, in every schedule in which it does what it was recorded to
 * do; a thread that is anywhere has put in, over what it took, at most what it ever had at one of
 * its places. So acquisitions by different threads cannot be at one moment when they need
 *
 *	the sum of (taken - posted) of each > v + the most that each of the others ever puts in
 *
 * As a thread's events are steps between its epochs (trace_format.h), both numbers are known of
 * each epoch; of an acquisition the epoch counts in which it is least. Only semaphores of which
 * each take and post is an event are looked at: private ones, whose first value was seen, used not
 * more often than events are written. A take with a limit of time is no event, and does not count,
 * nor does a try without which its thread would have gone on as well (idle_tries.h).
 */
#ifndef GORDIAN_SEATS_H
#define GORDIAN_SEATS_H

#include "model.h"

struct seats;

/* NULL: there is no such semaphore. */
struct seats *seats_new(const struct model *model);
void seats_free(struct seats *seats);

/*
 * A semaphore that has too few units for these acquisitions, by `count` different threads, at one
 * moment; NO_INDEX: none. Nodes are those of `model`, the one given or one that has it as its
 * beginning; node_at(context, i) is the i-th.
 */
uint32_t seats_lacking(const struct seats *seats, const struct model *model,
		       uint32_t (*node_at)(const void *context, size_t i), const void *context,
		       size_t count);

#endif
