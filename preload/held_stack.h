/*
 * The memory of a thread's held stack: a record of the trace (trace_format.h, held), with what the
 * thread waits for in front of it. Under the recorder's lock.
 */
#ifndef GORDIAN_HELD_STACK_H
#define GORDIAN_HELD_STACK_H

#include "recorder.h"

/* Sees to it that the thread has one. False: no space. */
bool held_stack_give(struct thread *thread);
/* Moves it to where there is room for more. By the thread itself. False: no space. */
bool held_stack_grow(struct thread *self);
/* For another thread: nothing is held, or waited for. */
void held_stack_clear(struct thread *thread);
/* A new trace: no held stack is in it. */
void held_stacks_reset(void);

#endif
