/* The stack of a thread that sleeps in a system call, read from outside, without stopping it. */
#ifndef GORDIAN_LIVE_STACK_H
#define GORDIAN_LIVE_STACK_H

#include "live_facts.h"

/*
 * Adds its stack to the model, as one of the process, as far as it can be found: the kernel tells
 * two of the thread's registers, and the code the frame pointer (frame_pointer.h), so that the walk
 * ends at the first frame that is found by another one which no frame further in has saved.
 * NO_INDEX: nothing can be read.
 */
uint32_t live_stack_add(struct model *model, uint32_t process, pid_t pid,
			const struct live_thread *thread);

/* What the thread has, and is going to be said to want: not from the trace. One that never took a
 * lock has nothing. */
struct held *live_held(struct model *model, uint32_t thread);

#endif
