/*
 * What a thread did before it came to its routine. Another library that wraps pthread_create and is
 * searched after this one runs its own code first in the new thread; where that locks, the thread
 * is not known yet to be the one that is being created, and is taken for one of unknown origin. As
 * it comes to its routine, that one is said to have been made in the same place, and to have been
 * joined by the thread before it began: which is the order they are in.
 */
#ifndef GORDIAN_FORERUN_H
#define GORDIAN_FORERUN_H

#include "recorder.h"

/* It is over: `self`, which the calling thread is now, begins. Nothing, if there was none. */
void forerun_end(struct thread *self);

/* Whether that handle is known as that of a thread that has not come to its routine. Under the
 * recorder's lock. */
bool forerun_is_due(pthread_t handle);

#endif
