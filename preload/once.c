/*
 * One-time initialisation: pthread_once and C11's call_once. C++'s std::call_once is the former.
 *
 * To the order of locks a once is a lock that whoever runs the initialiser holds meanwhile, and
 * that everybody else waits for until it has been left once and for all. A thread that has come
 * back from it knows that it is complete, and never waits for it again: so a thread's first call
 * is recorded (TRACE_OP_WAIT), whether it had to wait or not, and later ones are not. What is
 * known through other threads (who created them, whom they joined) is left to the analysis. Those
 * that nobody else ever calls leave less: alone.h.
 *
 * The initialiser is the program's own and may do what it likes: call others, never come back (it
 * exits, or jumps out: then the once stays as it is for ever, and so does the record), end by an
 * exception or by cancellation: then the C library makes the once as new, and ours is the first
 * frame that this passes on the way, in whose name `unwound` is called.
 *
 * Facts used of glibc (2.1 to 2.36): once_flag is a pthread_once_t, an int; bit 1 is set when it is
 * complete, bit 0 alone while the initialiser runs.
 */
#include "once.h"

#include "alone.h"
#include "sync.h"
#include "twins.h"

#include <threads.h>
#include <unwind.h>

static int state_of(const void *control)
{
	return __atomic_load_n((const int *)control, __ATOMIC_ACQUIRE);
}

/* The once held last. Under an exception there is nothing else to tell it by. */
static const void *innermost(const struct thread *self)
{
	for (uint32_t i = thread_depth(self); i > 0; i--) {
		const struct trace_node *node = trace_at(self->entries[i - 1].node);

		if (node && (node->op == TRACE_OP_once || node->op == TRACE_OP_call_once))
			return (const void *)(uintptr_t)self->entries[i - 1].lock;
	}
	return NULL;
}

/*
 * The personality of `run`: called by whatever unwinds the stack (the program's C++ runtime, the C
 * library) when it takes that frame away. It needs nothing of the unwinder's own functions, so that
 * it does not matter which one that is.
 */
__attribute__((used, visibility("hidden"))) _Unwind_Reason_Code
once_unwound(int version, _Unwind_Action actions, _Unwind_Exception_Class class,
	     struct _Unwind_Exception *exception, struct _Unwind_Context *context);

_Unwind_Reason_Code once_unwound(int version, _Unwind_Action actions, _Unwind_Exception_Class class,
				 struct _Unwind_Exception *exception,
				 struct _Unwind_Context *context)
{
	struct thread *self = thread_self();
	const void *control = self ? innermost(self) : NULL;

	(void)version, (void)class, (void)exception, (void)context;
	if (control && actions & _UA_CLEANUP_PHASE) {
		alone_left(self, control);
		tree_release(self, control);
	}
	return _URC_CONTINUE_UNWIND;
}

/* What the real function calls in place of the initialiser. */
static __attribute__((noinline)) void run(void)
{
	struct thread *self = current_thread;
	struct once *once = self->once;
	const void *control = once->run.lock;
	uint64_t waited = 0;

	/* 0x1b: relative, 4 bytes. */
	__asm__ volatile(".cfi_personality 0x1b, once_unwound");
	if (once->begun)
		waited = wait_end(self, once->begun);
	once->begun = 0;
	twins_begin_quiet(self, once->alone);
	tree_acquire(self, &once->run, waited);
	twins_end_quiet(self);
	alone_run(self, control);
	once->routine();
	/* The routine may have forked: another thread record. */
	self = thread_self();
	if (self) {
		alone_left(self, control);
		tree_release(self, control);
	}
	__asm__ volatile("");
}

/*
 * What stands for this life of the once in the cache of those that the thread has passed. What
 * falls out of the cache is recorded again; that it is not the first time, the analysis sees.
 */
static uint64_t memo_of(const void *control)
{
	uint64_t hash = (uintptr_t)control * LOCK_HASH_FACTOR;

	return (hash ^ lock_generation_of(control)) * TREE_SITE_FACTOR | 1;
}

static uint64_t *passed(struct thread *self, uint64_t memo)
{
	return &self->passed[memo >> (64 - THREAD_PASSED_BITS)];
}

static void remember(struct thread *self, const void *control)
{
	uint64_t memo = memo_of(control);

	*passed(self, memo) = memo;
}

/* The usual case: this thread has been here before. */
static inline bool is_known(const void *control)
{
	struct thread *self = current_thread;
	uint64_t memo = memo_of(control);

	return self && *passed(self, memo) == memo && state_of(control) & ONCE_COMPLETE;
}

bool once_begin(struct once *once)
{
	struct thread *self = thread_self();
	const void *control = once->pass.lock;
	enum alone_call call;

	if (!self || self->busy)
		return false;
	call = alone_begin(self, once);
	if (call == ALONE_KNOWN) {
		remember(self, control);
		return false;
	}
	once->alone = call == ALONE_FIRST;
	once->outer = self->once;
	self->once = once;
	wait_enter(self, once->pass.frame, &once->interrupted);
	if ((state_of(control) & (ONCE_COMPLETE | ONCE_RUNNING)) == ONCE_RUNNING)
		once->begun = wait_begin(self, &once->pass);
	else
		self->held->want = (uintptr_t)control;
	return true;
}

static void pass(struct thread *self, const struct once *once, uint64_t waited)
{
	struct trace_node *node;

	twins_begin_quiet(self, once->alone);
	node = tree_wait(self, &once->pass);
	twins_end_quiet(self);
	tree_waited(self, node, waited);
	if (!once->alone || !alone_passed(self, once->pass.lock, node)) {
		twins_mark(self);
		sync_note_at(self, &once->pass, TRACE_EVENT_passed, TRACE_LOCK_once);
		return;
	}
	twins_begin_quiet(self, true);
	tree_next_epoch(self);
	twins_end_quiet(self);
	self->twin.marked_alone = 0;
}

void once_end(struct once *once)
{
	struct thread *self = thread_self();
	uint64_t waited;

	if (!self)
		return;
	self->once = once->outer;
	waited = once->begun ? wait_end(self, once->begun) : 0;
	wait_leave(self, &once->interrupted);
	pass(self, once, waited);
	remember(self, once->pass.lock);
}

INTERPOSE(pthread_once)
static __attribute__((noinline)) int call_first(pthread_once_t *control, void (*routine)(void),
						const void *site, const void *frame)
{
	struct once once = ONCE_AT(control, routine, once, once_done, site, frame);
	int result;

	if (!once_begin(&once))
		return REAL(pthread_once)(control, routine);
	result = REAL(pthread_once)(control, run);
	once_end(&once);
	return result;
}

int pthread_once(pthread_once_t *control, void (*routine)(void))
{
	if (likely(is_known(control)))
		return REAL(pthread_once)(control, routine);
	return call_first(control, routine, CALL_SITE, CALL_FRAME);
}

INTERPOSE(call_once)
void call_once(once_flag *control, void (*routine)(void))
{
	struct once once =
		ONCE_AT(control, routine, call_once, call_once_done, CALL_SITE, CALL_FRAME);

	if (is_known(control) || !once_begin(&once)) {
		REAL(call_once)(control, routine);
		return;
	}
	REAL(call_once)(control, run);
	once_end(&once);
}
