/* What the command itself reads from and writes into a trace's header. */
#ifndef GORDIAN_TRACE_FILE_H
#define GORDIAN_TRACE_FILE_H

#include <gordian/trace_format.h>
#include <stdbool.h>
#include <sys/types.h>

/* The process a trace is of; 0: it is no trace. */
pid_t trace_file_pid(const char *path);

/* Whether it stands for a trace of that process, by its name, which could not be written. */
bool trace_file_is_mark(const char *path, pid_t pid);

/* How the image ended, as far as its trace knows. Leaves both alone when it cannot be read. */
void trace_file_end(const char *path, enum trace_end *end, int *value);

/*
 * Finishes the trace of the last image of our child `pid`, which ended with `status` (waitpid) and
 * is reaped: writes how it ended, if the trace does not know, and cuts the file down. Leaves any
 * other trace alone; above all those of processes that still run, for which a shorter file would be
 * a SIGBUS.
 */
void trace_file_finish(const char *path, pid_t pid, int status);

/*
 * Whether the process the trace is of still has it mapped. Only as far as /proc tells: not for a
 * process in another pid namespace.
 */
bool trace_file_in_use(const char *path, pid_t pid);

/*
 * The trace that a process writes to, absolute; the caller frees it. NULL: none, and *trouble is a
 * sentence that says why, from malloc.
 */
char *trace_file_of(pid_t pid, char **trouble);

#endif
