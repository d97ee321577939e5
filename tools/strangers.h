/* Processes that no trace tells of, and that may have to do with recorded ones. */
#ifndef GORDIAN_STRANGERS_H
#define GORDIAN_STRANGERS_H

#include "model.h"
#include <sys/types.h>

/*
 * Whether there is a process that runs, and is none of the model's: one that has taken no lock yet,
 * or cannot be recorded; and that is a child of such a process, and so may have the same memory, or
 * has the memory mapped in which something lies that a thread waits for.
 */
bool strangers_are_there(const struct model *model);

/* How many processes it descends from. */
unsigned ancestors_count(pid_t pid);

/* The children of a process that have not ended. The caller frees *pids. */
size_t children_list(pid_t parent, pid_t **pids);

#endif
