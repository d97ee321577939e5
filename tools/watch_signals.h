/* Whether a signal may still come to a process all of whose threads wait. */
#ifndef GORDIAN_WATCH_SIGNALS_H
#define GORDIAN_WATCH_SIGNALS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * By the handlers that it has installed, as the kernel knows them. Those of signals that a thread
 * brings about itself do not count; nor do those that end programs from outside (SIGINT, SIGTERM,
 * SIGHUP, SIGQUIT), unless `posts`: a thread waits for a semaphore, which any handler may post.
 * Nor does what the process's trace says that a language runtime has installed by itself.
 */
bool process_awaits_signal(pid_t pid, uint64_t by_runtime, bool posts);

#endif
