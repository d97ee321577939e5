/*
 * Waits in futexes, as the kernel tells of them.
 *
 * Who waits in one for nobody knows what can be let go by anybody who knows its address: by a
 * thread of the same process, and by those of other processes if these have the memory, too. The
 * kernel tells futexes of pages that one process alone has by process and address, also where the
 * call does not say that they are private (get_futex_key in kernel/futex/core.c: anonymous pages,
 * and to be waited on a page of a private mapping becomes one).
 */
#ifndef GORDIAN_LIVE_FUTEX_H
#define GORDIAN_LIVE_FUTEX_H

#include "live_facts.h"

/* Whether it waits in a futex call, and without a limit unless it may have one. */
bool live_in_futex(const struct live_thread *thread, bool limited);

/* Whether only the process itself can end that wait. */
bool live_futex_is_own(pid_t pid, const struct live_thread *thread);

/*
 * Whether all threads of a process sleep in calls that others have to end, as far as a quick look
 * can tell.
 */
bool live_all_sleep(pid_t pid);

/*
 * Adds to the model what the trace does not tell: that a thread of it waits in a futex call, made
 * by code that calls the kernel itself. Where that is the lock of a stream which another thread is
 * known to have, the wait is for that.
 */
void live_futex_add(struct model *model, uint32_t thread, pid_t pid,
		    const struct live_thread *live);

/*
 * Marks the locks that threads wait for in memory which nobody else can map: that of a file that
 * has no name any more.
 */
void live_memory_enclose(struct model *model);

#endif
