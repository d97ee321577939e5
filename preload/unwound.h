/*
 * What is to be done when a wait is over, also when the thread is cancelled in it. Not through
 * pthread_cleanup_push: without exceptions that leaves a jump buffer with the thread, which a
 * handler that jumps out of the wait does not take away, and the thread's end would jump into it.
 *
 * Instead whoever unwinds the stack calls the personality of the waiting frame (as in once.c). What
 * a jump leaves behind is passed over: a frame that is unwound has entered itself.
 */
#ifndef GORDIAN_UNWOUND_H
#define GORDIAN_UNWOUND_H

#include "recorder.h"

struct unwound {
	struct thread *self; /* NULL: there is nothing to do */
	void (*function)(void *argument);
	void *argument;
	struct unwound *outer;
};

/* `cleanup` is a struct unwound in the calling function, which must not be inlined. 0x1b: relative,
 * 4 bytes. */
#define UNWOUND_BEGIN(cleanup, function_, argument_) \
	do { \
		*(cleanup) = (struct unwound){current_thread, function_, argument_, NULL}; \
		if ((cleanup)->self) { \
			(cleanup)->outer = (cleanup)->self->unwound; \
			(cleanup)->self->unwound = (cleanup); \
		} \
		__asm__ volatile(".cfi_personality 0x1b, frame_unwound" ::: "memory"); \
	} while (0)

static inline void unwound_end(const struct unwound *cleanup)
{
	if (cleanup->self)
		cleanup->self->unwound = cleanup->outer;
	cleanup->function(cleanup->argument);
}

#endif
