/*
 * Whether a thread may have learned what another one did by other ways than those that order
 * threads for certain (sync_order.h): so that it waited until then, or had to, though nothing that
 * was recorded proves it.
 *
 * - It looked at data under the mutex of a monitor (Hoare, CACM 17:10, 1974), and the other one was
 *   there before: a mutex that some thread signals a condition with. Who finds there what it looks
 *   for does not wait, so that it did not is chance.
 * - It waited with a time limit, for a condition of GLib's, or more often than was recorded, and
 *   got what it waited for: of that there is no event.
 * - The program makes futex calls of its own.
 * - The lock that both take was made by the other one, which took it before anybody knew of it.
 */
#ifndef GORDIAN_TOLD_H
#define GORDIAN_TOLD_H

#include "model.h"

struct told;

/* Keeps pointing to the model. */
struct told *told_new(const struct model *model);
void told_free(struct told *told);

/* The thread took the lock in epoch `since`; the other one had taken what it needs by `node`, in
 * epoch `taken`. */
struct telling {
	uint32_t thread, since, lock;
	uint32_t node, taken;
};

/* The nodes by which the thread took the lock, those that do not wait among them. */
const uint32_t *told_taken(const struct told *told, uint32_t thread, uint32_t lock, size_t *count);

/* The locks that conditions are signalled with, in order. */
const uint32_t *told_monitors(const struct told *told, size_t *count);
/* Whether it took a mutex again after a wait for a condition of which there is no event. */
bool told_is_untold(const struct node *node);

bool told_otherwise(const struct told *told, const struct telling *telling);

#endif
