/*
 * What the interposers of joining and detaching share: pthread_* and C11's thrd_*.
 *
 * A join waits for a thread's end, which only that thread can bring about: until then it is
 * published like a wait for a lock, and when the joiner holds locks, or may be joined itself, its
 * situation is a node. The lock is the thread: TRACE_THREAD_ADDRESS.
 */
#ifndef GORDIAN_JOIN_H
#define GORDIAN_JOIN_H

#include "thread_misuse.h"
#include "unwound.h"

struct joining {
	struct thread *self; /* NULL: nothing to record */
	struct join join;
	uint32_t ref; /* of the thread's record; 0: not known */
	struct trace_node *node;
	uint64_t begun; /* 0: no wait is published */
	struct outer_wait outer;
};

/* Before the real call; the record is looked up now: once joined, the handle may be another
 * thread's. */
struct joining join_begin(struct join join);
/* The wait is over, also when it was cancelled. */
void join_waited(void *joining);
/* After the real call, which returned that. Returns it. */
int join_end(const struct joining *joining, int result);

#define JOIN(handle_, op_, limited_, call) \
	do { \
		struct joining joining = join_begin((struct join){ \
			(handle_), TRACE_OP_##op_, CALL_SITE, CALL_FRAME, (limited_)}); \
		struct unwound cleanup; \
		int result; \
		UNWOUND_BEGIN(&cleanup, join_waited, &joining); \
		result = call; \
		unwound_end(&cleanup); \
		return join_end(&joining, result); \
	} while (0)

/* A call that does not wait. act: enum trace_act. */
#define GIVE_UP(handle_, act_, limited_, call) \
	do { \
		struct joining joining = join_begin( \
			(struct join){(handle_), (act_), CALL_SITE, CALL_FRAME, (limited_)}); \
		return join_end(&joining, call); \
	} while (0)

/* The lock record that stands for the thread's end; 0: no space. Under the recorder's lock. */
uint32_t join_lock(uint32_t thread_ref);
/* The same, of a join that makes no difference to the thread's kin. */
uint32_t join_lock_alike(uint32_t thread_ref);
/* Whether there is one, and it is to stay. Under the recorder's lock. */
bool join_has_lock(uint32_t thread_ref);
/* If there is one, it is. The same. */
void join_take_lock(uint32_t thread_ref);

/* A new trace: the records of threads lay in the old one. */
void join_reset(void);

#endif
