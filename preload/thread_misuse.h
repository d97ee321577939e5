/* The rules of misuse of threads: ended with a lock, joined twice, joined by themselves. */
#ifndef GORDIAN_THREAD_MISUSE_H
#define GORDIAN_THREAD_MISUSE_H

#include "misuse.h"

/* The thread ends: what it still holds. Under the recorder's lock. */
void thread_check_end(struct thread *self);

/* A call that joins or detaches. */
struct join {
	pthread_t handle;
	uint16_t act;		  /* enum trace_act or enum trace_op */
	const void *site, *frame; /* as for struct acquire */
	/* It may return without having joined, and its result alone tells. */
	bool limited;
};

static inline bool join_detaches(const struct join *join)
{
	return join->act == TRACE_ACT_detach || join->act == TRACE_ACT_thrd_detach;
}

/* Before it, under the recorder's lock. `ref`: the thread record behind the handle; 0: not known.
 */
void thread_check_join(struct thread *self, const struct join *join, uint32_t ref);
/* It succeeded: the handle must not be used again. Under the recorder's lock. */
void thread_let_go(struct thread *self, const struct join *join, uint32_t ref);
/* Another record stands for the thread that had that handle, and has ended. */
void thread_gone_as(pthread_t handle, uint32_t ref, uint32_t other);
/* A new trace: no record is known by its reference. */
void thread_misuse_reset(void);

#endif
