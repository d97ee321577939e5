/* Calls that concern the dynamic loader. */
#include "graves.h"
#include "locks.h"
#include "modules.h"

#include <dlfcn.h>

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
