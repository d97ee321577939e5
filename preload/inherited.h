/*
 * What the child of a fork has from the thread that called it: the locks that it holds, and its
 * place in the parent's trace. Taken before the fork: afterwards the parent goes on writing to the
 * held stack, which lies in the mapping that both share. Under the recorder's lock.
 */
#ifndef GORDIAN_INHERITED_H
#define GORDIAN_INHERITED_H

#include "recorder.h"

/* The calling thread is about to fork. */
void inherited_take(void);
/* No child is to have it. */
void inherited_forget(void);
/* Who called fork; NULL: not known. */
const struct thread *inherited_from(void);
/*
 * The child has begun a trace of its own, in which `self` is the survivor (NULL: it could not be
 * registered): writes where the fork stands in the trace of the parent, if that is still mapped,
 * and has the survivor hold what it holds.
 */
void inherited_settle(struct thread *self, const struct trace_header *parent);

#endif
