/*
 * The slow path's bracket: the one recorder lock, under which everything shared is read and written
 * (recorder.h), and no code of the program in between. A signal handler that ran there could jump
 * out of it, or wait for a thread that waits for the recorder.
 *
 * So all signals are blocked, where any code of the program can be called by one; that takes two
 * system calls. There is none before the program installs its first handler, or asks to be
 * cancelled asynchronously: such calls come here first (slow_expect_signals). The lock itself is
 * what is asked: from then on its free state is another, and who takes it without blocking signals
 * only does so from the first free state. So no handler is installed before the last thread that
 * did not block them has dropped the lock.
 *
 * What does not matter here: actions that are no handlers; a default action ends or stops the
 * process as a whole, as SIGKILL may at any time. The C library's own handlers: that of set*id and
 * its kin makes system calls; that of pthread_cancel acts where cancellation is asynchronous, which
 * the C library itself makes it only while it blocks, or makes a note. Handlers installed by raw
 * system calls are not seen; they run as such handlers always did between the recorder's lines:
 * what they lock meanwhile is not recorded.
 */
#ifndef GORDIAN_SLOW_H
#define GORDIAN_SLOW_H

#include <stdbool.h>
#include <stdint.h>

struct thread;

struct slow {
	struct thread *self;
	uint32_t busy;
	int saved_errno;
	bool blocked;	  /* signals, by us: */
	uint64_t signals; /* those that were blocked before */
};

/* `self` may be NULL while a thread is being registered. */
void slow_begin(struct slow *slow, struct thread *self);
void slow_end(struct slow *slow);

/* From now on, code of the program may be called by signals. Not in a vfork child. */
void slow_expect_signals(void);

#endif
