/*
 * The slow path's bracket: the one recorder lock, under which everything shared is read and written
 * (recorder.h), and no code of the program in between. A signal handler that ran there could jump
 * out of it, or wait for a thread that waits for the recorder.
 *
 * Blocking all signals takes two system calls, so it is done where nothing less will do:
 *
 * - Before the program installs its first handler there is nothing to block.
 * - Handlers that are called through entries of ours (handlers.h) put themselves off: an entry that
 *   finds its thread in the bracket sends the signal to the thread again, and returns to it with
 *   all signals blocked. slow_end, which lets them in, is where it arrives. That the thread is in
 *   the bracket is marked in struct thread, so there must be one.
 *   A handler that is uninstalled by being called (SA_RESETHAND) is installed again before that.
 * - Signals are blocked where that would be another thing for the program: for real-time signals,
 *   which arrive in order; those that stop and continue a process, which undo one another when they
 *   are sent; and cancellation that is asynchronous. And where another thread has the lock, as one
 *   is about to sleep then anyway.
 *
 * Which of these holds is told by the free state of the lock itself, and changed (slow_expect)
 * before such a handler is installed, or asynchronous cancellation allowed: the lock is taken from
 * the state that one knows of, or one begins anew. So by the time of a change nobody is in a
 * bracket of the old kind, and nobody will be.
 *
 * What does not matter here: actions that are no handlers; a default action ends or stops the
 * process as a whole, as SIGKILL may at any time. The C library's own handlers: that of set*id and
 * its kin makes system calls; that of pthread_cancel acts where cancellation is asynchronous, which
 * the C library itself makes it only while it blocks, or makes a note. Handlers installed by raw
 * system calls are not seen; they are called in the bracket, too, and what they lock meanwhile is
 * not recorded.
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

/* `self`: the calling thread; NULL while it is being registered. */
void slow_begin(struct slow *slow, struct thread *self);
/* The same, and slow->self may be set to NULL in between: the struct thread is gone then. */
void slow_begin_last(struct slow *slow, struct thread *self);
void slow_end(struct slow *slow);

/* The signals that the program has blocked in this thread; inside the bracket. */
uint64_t slow_signals(const struct slow *slow);

/* What the program is about to do. Not in a vfork child. */
enum slow_expect {
	SLOW_HANDLERS = 4,   /* that are called through entries, and may be put off */
	SLOW_INTERRUPTS = 8, /* what only blocking keeps out */
};
void slow_expect(enum slow_expect expect);

/* What a thread's entries know of its bracket. */
struct put_off {
	bool inside;
	bool any;	  /* signals were put off */
	uint32_t times;	  /* how often, this time */
	uint64_t signals; /* those that were blocked before */
	uint64_t owed;	  /* to be sent again, as they would come at once; bit 0 is signal 1 */
};

/* A signal, as the kernel tells an entry of it. */
struct slow_signal {
	int number;
	void *info;	 /* NULL: the handler does not ask for it */
	void *context;	 /* the handler's */
	uintptr_t again; /* what is called when it comes again, if the kernel forgot it; else 0 */
};

/* For an entry. True: the signal will come again, and the entry is to return. */
bool slow_puts_off(struct thread *self, const struct slow_signal *signal);

#endif
