/* What the interposers of thread creation and joining share: pthread_* and C11's thrd_*. */
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

/* The record is looked up first: once joined, the handle may be another thread's. */
#define JOIN(handle_, call) \
	do { \
		struct thread *self = thread_self(); \
		uint32_t ref = self && !self->busy ? thread_find(self, handle_) : 0; \
		int result = call; \
		if (result == 0 && ref) \
			thread_joined(self, handle_, ref); \
		return result; \
	} while (0)

#define DETACH(handle_, call) \
	do { \
		struct thread *self = thread_self(); \
		uint32_t ref = self && !self->busy ? thread_find(self, handle_) : 0; \
		int result = call; \
		if (result == 0 && ref) \
			thread_detached(self, ref); \
		return result; \
	} while (0)

#endif
