/* A step of a finding, made from a thread that waits. */
#ifndef GORDIAN_WAIT_STEP_H
#define GORDIAN_WAIT_STEP_H

#include "finding.h"
#include <stdio.h>

/*
 * Fills a zeroed step: the thread, all that it holds, what it waits for. `wanted`: of a condition
 * wait, the condition or its mutex; of any other, its lock.
 */
void wait_step_fill(struct finding_step *step, const struct wait_graph *graph,
		    const struct waiter *waiter, uint32_t wanted);

/* Adds a lock or a thread to a list of a finding, which has room for it, once; not NO_INDEX. */
void wait_list_add(uint32_t *list, size_t *count, uint32_t index);

/* The fingerprint with the place of a stack added (names.h); the stack may be NO_INDEX. */
uint64_t wait_print_place(struct names *names, uint64_t print, uint32_t stack);

/* Whether some of these waiters are of different processes. */
bool waiters_apart(const struct wait_graph *graph, const uint32_t *waiters, uint32_t count);
/* "worker", or "worker of process 7". */
void wait_tell_thread(FILE *out, struct names *names, const struct model *model, uint32_t thread,
		      bool apart);

#endif
