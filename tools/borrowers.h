/*
 * Processes that run in the memory of a recorded one, as the child of vfork does until it execs.
 * They have no trace, and are not ended with their parent.
 */
#ifndef GORDIAN_BORROWERS_H
#define GORDIAN_BORROWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct borrowers {
	struct borrower {
		pid_t pid;
		int fd; /* pidfd: the number may be another process's by now */
	} * items;
	size_t count;
};

/* Adds those of a process, while it is still there. */
void borrowers_find(struct borrowers *borrowers, pid_t parent);
/* Sends them a signal (0: none). False: there is none left. */
bool borrowers_signal(const struct borrowers *borrowers, int signal);
void borrowers_free(struct borrowers *borrowers);

#endif
