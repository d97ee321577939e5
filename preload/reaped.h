/*
 * Children that have ended, as their parent came to know. All that they did comes before what the
 * waiting thread does from then on. Of those that were killed it is the only notice: their own
 * traces do not say that they have ended, and what they had then is left to whoever waits for it.
 */
#ifndef GORDIAN_REAPED_H
#define GORDIAN_REAPED_H

#include "recorder.h"

#include <sys/wait.h>

/* A call that waits for a child, as the interposer sees it. */
struct reaping {
	const void *site, *frame;
};

#define REAPING_HERE \
	(&(struct reaping){ \
		CALL_SITE, \
		CALL_FRAME, \
	})

/* The child has ended; signal: what killed it, or 0. Also in a signal handler. Keeps errno. */
void reaped_note(pid_t child, int signal, const struct reaping *reaping);
/* A new trace. Under the recorder's lock. */
void reaped_reset(void);

/* What a wait returned, and what it said of the child: hands on the first. */
static inline pid_t reaped(pid_t child, const int *status, const struct reaping *reaping)
{
	if (child > 0 && (WIFEXITED(*status) || WIFSIGNALED(*status)))
		reaped_note(child, WIFSIGNALED(*status) ? WTERMSIG(*status) : 0, reaping);
	return child;
}

#endif
