/*
 * The explicit tasks of LLVM's runtime (libomp), as it tells a tool of them (OpenMP 5.1, 4.5.2):
 * task_marks.h.
 *
 * Facts used: a task that is done by its creator at once is said to be so, also those of a final
 * one and of a team of one thread.
 */
#ifndef GORDIAN_OPENMP_TOOL_TASKS_H
#define GORDIAN_OPENMP_TOOL_TASKS_H

#include "task_marks.h"

/* What the runtime keeps for a tool, of each task and region. */
union data {
	uint64_t value;
	void *pointer;
};

enum { SCOPE_BEGIN = 1, SCOPE_END = 2 };

/* Callbacks. */
void tool_task_create(const union data *encountering, const void *frame, union data *task,
		      int flags, int dependences, const void *site);
void tool_task_schedule(const union data *prior, int status, const union data *next);

/* A wait of that kind in the task begins or ends, for whatever it is. */
void tool_tasks_wait(struct thread *self, int kind, int scope, const union data *task);

#endif
