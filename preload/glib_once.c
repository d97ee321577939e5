/*
 * One-time initialisation of GLib, seen as once.c and guard.c see their kinds: whoever initialises
 * holds the once meanwhile, and everybody else waits for it.
 *
 * What is called here is called for the first use only: the macros look at the variable by
 * themselves, and so do these functions before anything is recorded.
 *
 * Facts used of GLib (2.14 to 2.84): what g_once_init_enter is given is 0 until it is initialised;
 * a GOnce begins with its status, an int that is 2 when it is done.
 */
#include "acquire.h"
#include "sync.h"

#define GLIB "libglib-2.0.so.0"

enum { ONCE_READY = 2 };

int g_once_init_enter(void *location);
void g_once_init_leave(void *location, size_t value);
int g_once_init_enter_pointer(void *location);
void g_once_init_leave_pointer(void *location, void *value);
void *g_once_impl(void *once, void *(*function)(void *argument), void *argument);

/* A call that returns whether the caller has to initialise. */
#define ENTER(location_, call) \
	do { \
		const struct acquire run = ACQUIRE_HERE(location_, g_once_init); \
		const struct acquire pass = ACQUIRE_HERE(location_, g_once_init_done); \
		struct thread *self = thread_self(); \
		struct outer_wait outer; \
		uint64_t begun, waited; \
		int result; \
		if (!self || self->busy || is_set(location_)) \
			return call; \
		wait_enter(self, pass.frame, &outer); \
		begun = wait_begin(self, &pass); \
		result = call; \
		waited = wait_end(self, begun); \
		wait_leave(self, &outer); \
		if (result) { \
			tree_acquire(self, &run, 0); \
		} else { \
			tree_waited(self, tree_wait(self, &pass), waited); \
			sync_note_at(self, &pass, TRACE_EVENT_passed, TRACE_LOCK_once); \
		} \
		return result; \
	} while (0)

static bool is_set(const void *location)
{
	return __atomic_load_n((void *const *)location, __ATOMIC_ACQUIRE) != NULL;
}

static void leave(const void *once)
{
	struct thread *self = thread_self();

	if (self)
		tree_release(self, once);
}

INTERPOSE_OF(g_once_init_enter, GLIB)
int g_once_init_enter(void *location)
{
	ENTER(location, REAL(g_once_init_enter)(location));
}

INTERPOSE_OF(g_once_init_leave, GLIB)
void g_once_init_leave(void *location, size_t value)
{
	leave(location);
	REAL(g_once_init_leave)(location, value);
}

INTERPOSE_OF(g_once_init_enter_pointer, GLIB)
int g_once_init_enter_pointer(void *location)
{
	ENTER(location, REAL(g_once_init_enter_pointer)(location));
}

INTERPOSE_OF(g_once_init_leave_pointer, GLIB)
void g_once_init_leave_pointer(void *location, void *value)
{
	leave(location);
	REAL(g_once_init_leave_pointer)(location, value);
}

/* A call of g_once, in its caller's frame. */
struct once_call {
	struct acquire run;
	void *(*function)(void *argument);
	void *argument;
	uint64_t begun;
	bool ran;
};

/* What GLib calls in place of the program's function. */
static void *run_once(void *argument)
{
	struct once_call *call = argument;
	struct thread *self = thread_self();
	void *value;

	call->ran = true;
	if (self) {
		wait_end(self, call->begun);
		tree_acquire(self, &call->run, 0);
	}
	value = call->function(call->argument);
	leave(call->run.lock);
	return value;
}

INTERPOSE_OF(g_once_impl, GLIB)
void *g_once_impl(void *once, void *(*function)(void *argument), void *argument)
{
	const struct acquire pass = ACQUIRE_HERE(once, g_once_done);
	struct once_call call = {ACQUIRE_HERE(once, g_once), function, argument, 0, false};
	struct thread *self = thread_self();
	struct outer_wait outer;
	uint64_t waited = 0;
	void *value;

	if (!self || self->busy || __atomic_load_n((int *)once, __ATOMIC_ACQUIRE) == ONCE_READY)
		return REAL(g_once_impl)(once, function, argument);
	wait_enter(self, pass.frame, &outer);
	call.begun = wait_begin(self, &pass);
	value = REAL(g_once_impl)(once, run_once, &call);
	if (!call.ran)
		waited = wait_end(self, call.begun);
	/* The function may have forked: another thread record. */
	self = thread_self();
	if (!self)
		return value;
	wait_leave(self, &outer);
	if (!call.ran)
		tree_waited(self, tree_wait(self, &pass), waited);
	sync_note_at(self, &pass, TRACE_EVENT_passed, TRACE_LOCK_once);
	return value;
}
