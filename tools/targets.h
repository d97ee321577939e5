/* Processes that are sent a signal: parents first, as a shell whose child is killed says so. */
#ifndef GORDIAN_TARGETS_H
#define GORDIAN_TARGETS_H

#include <stddef.h>
#include <sys/types.h>

struct targets {
	struct target *items;
	size_t count;
};

/* For at most so many. */
void targets_init(struct targets *targets, size_t most);
void targets_free(struct targets *targets);
void targets_add(struct targets *targets, pid_t pid);
void targets_signal(struct targets *targets, int signal);

#endif
