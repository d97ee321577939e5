/* What the interposers of thread creation share: pthread_* and C11's thrd_*. */
#ifndef GORDIAN_THREAD_H
#define GORDIAN_THREAD_H

#include "recorder.h"

/* A thread that is being created. */
struct creation {
	struct thread *self;  /* the creator */
	struct thread *child; /* goes to the trampoline; not ours any more once it runs */
	uint32_t ref;	      /* its record */
};

/* False: cannot be recorded, create it as if we were not here. attributes: NULL for the default. */
bool creation_begin(struct creation *creation, const pthread_attr_t *attributes,
		    void *(*start)(void *), void *argument, const void *site, const void *frame);
/* result: of the real call, 0 for success; handle is read only then. */
void creation_end(const struct creation *creation, void *(*start)(void *), int result,
		  const pthread_t *handle);

#endif
