/*
 * What of one thread's doings others could do in its place, at the same time: explicit tasks of
 * OpenMP (the task record, trace_tasks.h). Which thread does a task is chance, and so is the order
 * of two, unless (OpenMP 5.1, 2.12, 2.19.5)
 *
 *	the one created the other	what it did before that comes before what that one does
 *	its creator waited for the one	before it, or what descends from it, created the other
 *	a fence is between them		a barrier, the end of a region: all tasks are over there
 *
 * Dependences between tasks (depend) are not recorded, nor are tasks that end by an event. What is
 * not known to be ordered is taken not to be.
 *
 * The same holds for tasks that were done by different threads.
 */
#ifndef GORDIAN_TASKS_H
#define GORDIAN_TASKS_H

#include "model.h"

struct tasks;

/* NULL: there are no tasks. */
struct tasks *tasks_new(const struct model *model);
void tasks_free(struct tasks *tasks);

/* Whether two nodes of one thread were met in different tasks; tasks may be NULL. */
bool tasks_apart(const struct tasks *tasks, uint32_t x, uint32_t y);
/* Whether, as far as tasks tell, x and y can be met at the same time: of one thread, if another one
 * does one of its tasks. */
bool tasks_concurrent(const struct tasks *tasks, uint32_t x, uint32_t y);

/*
 * Where the thread did its part of what was over, in this epoch too, when others went on that
 * waited for that: the epoch, or an earlier one in which it came to a barrier and did tasks there.
 * *until: the epoch behind the barrier.
 */
uint32_t tasks_settled(const struct tasks *tasks, uint32_t thread, uint32_t epoch, uint32_t *until);

struct task_moment {
	uint32_t thread, epoch;
};

/*
 * Some of a node's occurrences: of one task, or a span outside of tasks. When its thread did a task
 * says nothing, so what others did is before it only if it is before its creation (or what fence
 * was before it), and after it only if it is after a wait for it, or after the next fence.
 */
struct task_part {
	uint32_t thread;
	bool own;	/* not of a task */
	uint32_t since; /* its thread was in the task, in epochs of [since, last] */
	uint32_t first, last;
	uint32_t phase;		  /* epoch of the newest fence before it; 0: none */
	struct task_moment begin; /* it comes after what came before that */
	struct task_moment end;	  /* and before what comes after that; NO_INDEX: not known */
	uint32_t comes, passed; /* epochs of the next fence: waited for, behind; UINT32_MAX: none */
};

/* In the order of their epochs. */
struct task_part *tasks_parts(const struct tasks *tasks, uint32_t node, size_t *count);

#endif
