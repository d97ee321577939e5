/*
 * What the kernel says of threads of processes that still run: whether each is blocked, and on
 * what.
 *
 * A trace is read while its process goes on, so that what it says of two threads may be of two
 * moments. So it is read between two looks: a thread that was not scheduled in between (its counts
 * of context switches tell) has had and wanted the same all the time.
 *
 * No thread is stopped, and ptrace is not used. Where /proc/PID/task/TID/syscall cannot be read
 * (kernel.yama.ptrace_scope), that a thread sleeps without being scheduled has to do.
 */
#ifndef GORDIAN_LIVE_FACTS_H
#define GORDIAN_LIVE_FACTS_H

#include "wait_graph.h"
#include <sys/types.h>

struct live_thread {
	int tid;
	char state;		/* R, S, D, T, t, Z, … as in proc(5) */
	uint64_t switches;	/* how often it was put off the processor */
	bool call_known;	/* whether the following are */
	long call;		/* system call that it is in; -1: none */
	uint64_t arguments[6];	/* of the call */
	uint64_t stack_pointer; /* in the call */
	uint64_t counter;	/* program counter: where it returns to */
};

/* What /proc/PID/task/TID/syscall says; nothing else is set. False: that it is in no call, or was.
 */
bool live_call_read(struct live_thread *thread, pid_t pid, int tid);

/* The process of the model that runs, and has that id. NO_INDEX: none. */
uint32_t live_process_find(const struct model *model, pid_t pid);

struct live_process;

struct live_look {
	struct live_process *before, *after; /* of each process; after: by the model's order */
	size_t before_count, after_count;
	struct wait_enders *enders; /* of each thread of the model */
	size_t thread_count;
	struct wait_facts facts; /* for wait_graph_new; after live_look_end */
	const char **doing; /* of each thread of the model: "sleeps in read"; NULL: not known */
};

/* Before the traces of these processes are read. */
void live_look_begin(struct live_look *look, const pid_t *pids, size_t count);
/*
 * After that. The processes whose end is recorded in the model are left out. Adds to the model what
 * threads wait for that the traces do not tell (live_futex.h, live_children.h), so it comes before
 * names are made.
 */
void live_look_end(struct live_look *look, struct model *model);
void live_look_free(struct live_look *look);

#endif
