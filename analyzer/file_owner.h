/*
 * Whom locks on files belong to, and so whom they keep out: an open file (flock, F_OFD_SETLK),
 * which threads and processes can share, or a process (lockf, F_SETLK). Everybody but its owner
 * waits for such a lock, in the same process, too; and an owner waits for locks of its own never.
 *
 * Where the recorder could not tell the open file, nobody in the process is taken to wait for it,
 * and as a gate it counts. The same goes for other processes if it may be inherited. One that is
 * inherited for certain keeps out nobody in other processes: which of them have it is not known.
 */
#ifndef GORDIAN_FILE_OWNER_H
#define GORDIAN_FILE_OWNER_H

#include "model.h"

/* Whether somebody who took `wanted`, as it was recorded, waits while `had` is held. The two are of
 * different threads, and not both shared. Always, if they are no locks on files. */
bool lock_excludes(const struct model *model, uint32_t had, uint32_t wanted);

/* The same where that is not certain. */
bool lock_may_exclude(const struct model *model, uint32_t had, uint32_t wanted);

/* Whether lock_excludes of what two nodes take, which is one lock. */
bool node_excludes(const struct model *model, uint32_t had, uint32_t wanted);

/* A lock on a file that two acquisitions hold, by paths that are not circular, in a way that only
 * one of them can hold it; NO_INDEX: none. */
uint32_t nodes_file_gate(const struct model *model, uint32_t a, uint32_t b);

/* A number for whom the lock that a node takes belongs to; 0: it is no lock on a file. */
uint64_t node_owner(const struct model *model, uint32_t node);

#endif
