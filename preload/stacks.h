/*
 * Call stacks: captured by a walk (walk.h), interned, written once. All of this is called under the
 * recorder's lock.
 */
#ifndef GORDIAN_STACKS_H
#define GORDIAN_STACKS_H

#include "recorder.h"

struct stack {
	uint64_t hash;
	struct pooled *pool;  /* records of dead locks that were made here (pool.h) */
	struct script *calls; /* in interpreted code (interpreter.h); NULL: none */
	uint32_t ref;	      /* its record in this trace; 0: not written yet */
	uint32_t generation;
	uint16_t count;
	uint16_t flags; /* TRACE_STACK_ bits */
	/*
	 * The program counters; when the stack begins with a signal handler, then the return
	 * address of that, which leads back to the kernel; and then stack_places of them all.
	 */
	uint64_t pcs[];
};

static inline unsigned stack_walked(const struct stack *stack)
{
	return stack->count + (stack->flags & TRACE_STACK_HANDLER ? 1u : 0u);
}

/*
 * Where its return addresses lay when it was last walked: bytes above the frame of the interposed
 * call; 0: not known. When the same addresses stand there again, it is the same stack, and need not
 * be walked.
 */
static inline uint32_t *stack_places(struct stack *stack)
{
	return (uint32_t *)(stack->pcs + stack_walked(stack));
}

/*
 * The caller's stack from the frame that returns to `site` outwards, with these calls in
 * interpreted code; NULL: no memory.
 */
struct stack *stacks_capture(const void *site, const void *frame, struct script *calls);

/* The same, remembered by (site, frame), of this thread or of another with the same stack, and
 * checked against the stack as it is. `self` is the calling thread, whose slow path this is. */
struct stack *stacks_at(struct thread *self, const void *site, const void *frame);
/* The same of a call that is about a lock which an interpreter may have made for a program. */
struct stack *stacks_at_lock(struct thread *self, const void *site, const void *frame);
/*
 * Whether the stack above `frame`, and below `high`, where that is known (else UINT64_MAX), has
 * this one's return addresses where they were.
 */
bool stacks_same(struct stack *stack, const void *frame, uint64_t high);

/*
 * Of a stack that begins with a signal handler and was captured or found just now: the stack
 * pointer above that handler's return address.
 */
uint64_t stacks_handler_frame(struct stack *stack, const void *frame);

/* Reference of its record, writing it first if need be; 0: none. NULL is fine. */
uint32_t stacks_ref(struct stack *stack);
/* The interned stack behind a reference of the current trace; NULL: none. */
struct stack *stacks_find(uint32_t ref);

/* A new trace: every stack is to be written again when used. */
void stacks_reset_refs(void);

#endif
