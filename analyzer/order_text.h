/* In words, what orders situations. */
#ifndef GORDIAN_ORDER_TEXT_H
#define GORDIAN_ORDER_TEXT_H

#include "finding.h"

/*
 * "sem_post at a.c:20 comes before sem_wait at b.c:31": what orders two nodes that are concurrent
 * as far as creates and joins tell. The caller frees it. NULL: it is not known, or it takes none.
 */
char *order_text(const struct analysis *analysis, uint32_t x, uint32_t y);

/*
 * "pthread_cond_signal at a.c:20 is waited for before pthread_join at b.c:31": of a node that
 * signals, and one that joins its thread. The caller frees it.
 */
char *announced_text(const struct analysis *analysis, uint32_t signal, uint32_t join);

#endif
