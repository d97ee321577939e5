/* Calls that concern the dynamic loader. */
#include "graves.h"
#include "locks.h"
#include "modules.h"

#include <dlfcn.h>

/*
 * Who opens the C library by its name and asks that handle for a lock function (Free Pascal's
 * threads, bindings of other languages) goes past the search order that we are in. So it is given
 * ours, where ours calls what it would have got: then nobody in between is left out, and nobody is
 * called in a circle. The two special handles are relative to the caller, whose return address has
 * to stay on top: those are tail calls.
 */
#ifdef __x86_64__
typedef void *dlsym_function(void *, const char *);

static dlsym_function *real_dlsym;

static __attribute__((noinline, cold)) dlsym_function *find_dlsym(void)
{
	static const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.2.5"};
	dlsym_function *found = NULL;

	for (size_t i = 0; !found && i < sizeof(versions) / sizeof(*versions); i++)
		found = (dlsym_function *)dlvsym(RTLD_NEXT, "dlsym", versions[i]);
	real_dlsym = found;
	return found;
}

EXPORT(dlsym)
void *dlsym(void *handle, const char *name)
{
	dlsym_function *real = likely(real_dlsym) ? real_dlsym : find_dlsym();

	if (handle == RTLD_DEFAULT || handle == RTLD_NEXT)
		return real(handle, name);
	return real_own(real(handle, name));
}
#endif

static void forget(uint64_t start, uint64_t end)
{
	locks_end_range(start, end);
	graves_clear(start, end);
}

/*
 * What a closed library's addresses meant is over: its static locks, and call sites in it. dlopen
 * is not interposed: it acts for its caller (run path, name space), and new modules turn up by
 * themselves.
 */
INTERPOSE(dlclose)
int dlclose(void *handle)
{
	int result = REAL(dlclose)(handle);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	if (modules_sweep(forget))
		locks_forget_keys();
	slow_end(&slow);
	return 0;
}
