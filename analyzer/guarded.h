/*
 * Locks that keep others away from a thread which does not hold them itself: its creator held them
 * from before it created that thread until it had joined it, without giving them back. Who lives
 * inside the life of such a thread, created and joined by it, has the same guards.
 */
#ifndef GORDIAN_GUARDED_H
#define GORDIAN_GUARDED_H

#include "graph.h"

/* Whether any thread has one. */
bool guarded_any(const struct model *model);

/*
 * A lock that one thread holds around one acquisition and another one around the other, each by
 * itself or by guarding, so that they exclude each other; NO_INDEX. Two acquisitions that one
 * thread guards are not kept apart by that.
 */
uint32_t guarded_gate(const struct graph *graph, uint32_t x, uint32_t y);

#endif
