/* Calls that concern the dynamic loader. */
#include "locks.h"
#include "modules.h"

#include <dlfcn.h>

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
	if (modules_sweep(locks_end_range))
		locks_forget_keys();
	slow_end(&slow);
	return 0;
}

/* The unwinder, working for the recorder, is given the recorder's own list: see modules.h. */
INTERPOSE(dl_iterate_phdr)
int dl_iterate_phdr(int (*callback)(struct dl_phdr_info *info, size_t size, void *context),
		    void *context)
{
	struct thread *self = current_thread;

	if (self && self->busy == THREAD_RECORDER)
		return modules_iterate(callback, context);
	return REAL(dl_iterate_phdr)(callback, context);
}
