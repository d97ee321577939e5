/* Children of recorded processes that no trace tells of. */
#ifndef GORDIAN_STRANGERS_H
#define GORDIAN_STRANGERS_H

#include "model.h"
#include <sys/types.h>

/*
 * Whether a process of the model that still runs has a child that runs, and is none of them: one
 * that has taken no lock yet, or cannot be recorded. It may have the same memory.
 */
bool strangers_are_there(const struct model *model);

/* The children of a process that have not ended. The caller frees *pids. */
size_t children_list(pid_t parent, pid_t **pids);

#endif
