/*
 * Children that were killed, as their parent came to know: their own traces do not say that they
 * have ended, and what they had then is left to whoever waits for it.
 */
#ifndef GORDIAN_REAPED_H
#define GORDIAN_REAPED_H

#include "recorder.h"

#include <sys/wait.h>

/* Also in a signal handler. Keeps errno. */
void reaped_note(pid_t child, int signal);

/* What a wait returned, and what it said of the child: hands on the first. */
static inline pid_t reaped(pid_t child, const int *status)
{
	if (child > 0 && WIFSIGNALED(*status))
		reaped_note(child, WTERMSIG(*status));
	return child;
}

#endif
