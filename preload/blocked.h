/*
 * Whether threads are blocked on an object, not counting those that have been released and are only
 * on their way out: POSIX allows much while the latter exist that it forbids while the former do.
 */
#ifndef GORDIAN_BLOCKED_H
#define GORDIAN_BLOCKED_H

#include <stdbool.h>

/* As the C library's own counts say; false where their layout is not known. */
bool cond_is_blocked_on(const void *cond);
bool barrier_is_blocked_on(const void *barrier);
/* Whether it says so itself that processes share it. */
bool barrier_is_shared(const void *barrier);

/* Whether that thread sleeps in the kernel on a word of [object, object + size). */
bool thread_is_blocked_on(int tid, const void *object, unsigned size);

#endif
