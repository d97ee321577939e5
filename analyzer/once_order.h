/*
 * What one-time initialisations order. Which thread runs the initialiser is chance, so nothing that
 * it did before comes before anything. But what is done inside the initialiser, by whomever, is
 * over when a thread comes back from the call (POSIX, pthread_once; C++, static locals): so a
 * situation in which the once is held, as by who runs its initialiser, is never concurrent with one
 * of another thread that has come back from it.
 *
 * Nothing is said of a once that ran more than once: it was reset, or its initialiser failed.
 */
#ifndef GORDIAN_ONCE_ORDER_H
#define GORDIAN_ONCE_ORDER_H

#include "tasks.h"

struct once_order;

/* NULL: nobody came back from any. The tasks may be NULL, and are those of the caller. */
struct once_order *once_order_new(const struct model *model, const struct tasks *tasks);
void once_order_free(struct once_order *order);

/* Whether x lies in an initialiser from which the thread of y, another one, had come back whenever
 * it did y, or the other way round. */
bool once_order_separates(const struct once_order *order, uint32_t x, uint32_t y);

#endif
