/*
 * Calls that the unwinder makes, answered by the recorder while it works for it. The program's own
 * go straight through.
 */
#include "handlers.h"
#include "modules.h"
#include "recorder.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static inline bool for_recorder(void)
{
	const struct thread *self = current_thread;

	return self && self->busy == THREAD_RECORDER;
}

/* Which modules there are: the recorder's own list, without the loader's locks (modules.h). */
INTERPOSE(dl_iterate_phdr)
int dl_iterate_phdr(int (*callback)(struct dl_phdr_info *info, size_t size, void *context),
		    void *context)
{
	if (for_recorder())
		return modules_iterate(callback, context);
	return REAL(dl_iterate_phdr)(callback, context);
}

/* A pipe to test addresses with, which it never needs: walk.c reads memory for it. */
INTERPOSE(pipe2)
int pipe2(int descriptors[2], int flags)
{
	if (for_recorder()) {
		errno = EMFILE;
		return -1;
	}
	return REAL(pipe2)(descriptors, flags);
}

/* Blocking signals around its caches: they are blocked. */
INTERPOSE(sigprocmask)
int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	if (for_recorder()) {
		if (old)
			sigfillset(old);
		return 0;
	}
	return signals_change_mask(&REAL(sigprocmask), how, set, old);
}
