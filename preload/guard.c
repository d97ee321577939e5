/*
 * The guards of C++'s local statics (Itanium C++ ABI, 3.3.3): the first thread to come is told to
 * initialise and holds the guard until it releases or aborts; others wait meanwhile. The program
 * looks at the guard's first byte by itself and calls nothing once that is set, so what is seen
 * here are first uses: a thread that is told nothing is to be done came while another was at it,
 * or an instant later.
 *
 * Facts used: libstdc++ and libc++abi keep more than the first byte different from 0 only while
 * somebody initialises.
 *
 * The runtime may be loaded late and for one library only (dlopen of a C++ plugin by a C program),
 * where RTLD_NEXT does not find it. Then it is what the caller was linked to.
 */
#include "sync.h"

#include <dlfcn.h>
#include <sys/single_threaded.h>

int __cxa_guard_acquire(uint64_t *guard);
void __cxa_guard_release(uint64_t *guard);
void __cxa_guard_abort(uint64_t *guard);

/* Not remembered: the caller's library may go. It happens once for each variable. */
static __attribute__((noinline)) void *lookup_for(const void *caller, const char *name)
{
	void *found = NULL, *library;
	Dl_info info;

	if (!dladdr(caller, &info) || !info.dli_fname)
		return NULL;
	library = dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
	if (library) {
		found = dlsym(library, name);
		dlclose(library);
	}
	return found;
}

/* The real function of a guard's name: known, or found now. */
#define GUARD(name) \
	(likely(real_##name) || resolve_##name() \
		 ? real_##name \
		 : (__typeof__(name) *)lookup_for(__builtin_return_address(0), #name))

static bool is_taken(const uint64_t *guard)
{
	const uint8_t *bytes = (const uint8_t *)guard;

	return !bytes[0] && (bytes[1] || bytes[2]);
}

/* libstdc++ throws when nobody else can be at it (guard.cc, __is_single_threaded). */
static bool is_refused(const uint64_t *guard)
{
	return is_taken(guard) && __libc_single_threaded;
}

INTERPOSE_FOUND(__cxa_guard_acquire, real_lookup("__cxa_guard_acquire", NULL))
int __cxa_guard_acquire(uint64_t *guard)
{
	__typeof__(__cxa_guard_acquire) *real = GUARD(__cxa_guard_acquire);
	const struct acquire run = ACQUIRE_HERE(guard, guard_acquire);
	const struct acquire pass = ACQUIRE_HERE(guard, guard_done);
	struct thread *self = thread_self();
	struct outer_wait outer;
	uint64_t begun = 0, waited;
	int result;

	if (!self || is_refused(guard))
		return real(guard);
	wait_enter(self, pass.frame, &outer);
	if (is_taken(guard))
		begun = wait_begin(self, &pass);
	else
		self->held->want = (uintptr_t)guard;
	result = real(guard);
	waited = begun ? wait_end(self, begun) : 0;
	if (result)
		tree_acquire(self, &run, waited);
	wait_leave(self, &outer);
	if (!result) {
		tree_waited(self, tree_wait(self, &pass), waited);
		sync_note_at(self, &pass, TRACE_EVENT_passed, TRACE_LOCK_once);
	}
	return result;
}

static void released(const uint64_t *guard)
{
	struct thread *self = thread_self();

	if (self)
		tree_release(self, guard);
}

INTERPOSE_FOUND(__cxa_guard_release, real_lookup("__cxa_guard_release", NULL))
void __cxa_guard_release(uint64_t *guard)
{
	released(guard);
	GUARD(__cxa_guard_release)(guard);
}

INTERPOSE_FOUND(__cxa_guard_abort, real_lookup("__cxa_guard_abort", NULL))
void __cxa_guard_abort(uint64_t *guard)
{
	released(guard);
	GUARD(__cxa_guard_abort)(guard);
}
