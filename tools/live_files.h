/*
 * Who has a file locked, as the kernel tells: a lock on a file is an open file's, or a process's,
 * and not a thread's. /proc/locks names what a process is blocked by, /proc/PID/fdinfo in which
 * processes that is open (proc(5)).
 */
#ifndef GORDIAN_LIVE_FILES_H
#define GORDIAN_LIVE_FILES_H

#include "live_facts.h"

/*
 * The processes that can give back what the thread waits for: all that have the open file, or the
 * one whose lock it is. Left empty when it waits for no lock on a file, or that cannot be told:
 * when the kernel does not say, or one of them is not recorded. enders: of each thread of the
 * model; those before this one are looked up already.
 */
void live_files_find(const struct model *model, uint32_t thread, const struct live_thread *live,
		     struct wait_enders *enders);

/*
 * Adds to the model that a thread waits for a lock on a file, where the trace does not tell: a lock
 * that threads take from each other is not recorded (preload/file_locks.h). False: it does not.
 */
bool live_files_add(struct model *model, uint32_t thread, const struct live_thread *live);

#endif
