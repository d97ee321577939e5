/* Which waits end only through their holders, because nobody is left who could end them else. */
#ifndef GORDIAN_WAIT_ENDS_H
#define GORDIAN_WAIT_ENDS_H

#include "wait_graph.h"

/*
 * Settles `firm` of waits for semaphores, and of those that may be cancelled; all holders are
 * known.
 */
void wait_ends_judge(struct wait_graph *graph);

#endif
