/* What the interposers of thread creation and joining share: pthread_* and C11's thrd_*. */
#ifndef GORDIAN_THREAD_H
#define GORDIAN_THREAD_H

#include "thread_misuse.h"

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

/* Around a call that joins or detaches: the reference of the thread's record, for join_end. */
uint32_t join_begin(struct thread *self, const struct join *join);
void join_end(struct thread *self, const struct join *join, uint32_t ref, int result);

/* act: enum trace_act or enum trace_op. */
#define JOIN(handle_, act_, call) \
	do { \
		const struct join join = {(handle_), (act_), CALL_SITE, CALL_FRAME}; \
		struct thread *self = thread_self(); \
		uint32_t ref = join_begin(self, &join); \
		int result = call; \
		join_end(self, &join, ref, result); \
		return result; \
	} while (0)

#endif
