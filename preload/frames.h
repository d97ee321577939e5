/*
 * Locks in frames of the program's stacks. A local lock that nobody destroys (a std::mutex, a
 * PTHREAD_MUTEX_INITIALIZER) ends with its frame, and the next one in the same place is another.
 *
 * Frames end without a call that could be seen. So each thread remembers the activations that its
 * locks lie in, innermost first: where their return addresses stand, and what those were. Whenever
 * the thread is in the slow path, those that its stack has left, or that have another return
 * address by now, are over, and with them their locks.
 *
 * What this cannot see: the same function, called again from the same place at the same depth, with
 * nothing new to the recorder in between. Its lock is taken for the one of the call before.
 *
 * Only on x86-64, where a return address lies right below the frame it returns to. Under the
 * recorder's lock.
 */
#ifndef GORDIAN_FRAMES_H
#define GORDIAN_FRAMES_H

#include "locks.h"

/* The thread is in the slow path, called from `frame`: ends what lay in frames that are gone. */
void frames_check(struct thread *self, const void *frame);
/* The lock, if it lies in one of the thread's frames, ends with it. `stack` is the one of the frame
 * that was checked last. */
void frames_enter(struct thread *self, struct lock *lock, struct stack *stack);
/* The lock has ended for another reason. */
void frames_leave(struct lock *lock);
/* The thread's stack is gone, or no longer its own. */
void frames_end_thread(struct thread *thread);

#endif
