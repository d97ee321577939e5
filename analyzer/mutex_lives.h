/*
 * A record that stands for several mutexes, made at one place one after the other (TRACE_LOCK's
 * lives): which of them a thread took.
 */
#ifndef GORDIAN_MUTEX_LIVES_H
#define GORDIAN_MUTEX_LIVES_H

#include "model.h"

/*
 * Whether it was another mutex than the one beside that condition which the thread had by that
 * node: there is one such condition in an object with each of the mutexes, and each time it
 * signalled that of another one.
 */
bool mutex_was_another(const struct model *model, const struct node *node, uint32_t condition);

#endif
