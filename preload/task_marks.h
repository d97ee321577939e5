/*
 * Marks of OpenMP's explicit tasks (trace_format.h, task): which one a thread is in, who created it
 * and when, which waits it was over by. Each begins an epoch.
 *
 * Only tasks of teams of more than one thread have a number, and of these only such as need not be
 * done at once, by who creates them (deferred, OpenMP 5.1, 2.12.1). All else that a thread does is
 * part of the task that it is in; if that may create tasks of its own, it is *hidden*: waits inside
 * of it are not those of the task around it.
 *
 * Bounded for each thread, and between two fences. Beyond that it is not told apart in which tasks
 * it is.
 */
#ifndef GORDIAN_TASK_MARKS_H
#define GORDIAN_TASK_MARKS_H

#include "recorder.h"

/* Where a task was created. */
struct task_origin {
	uint32_t thread; /* reference of its record; 0: not known */
	uint32_t number; /* of the task that this thread was in */
	uint32_t epoch;
	uint16_t flags; /* TRACE_TASK_ bits */
};

/* The calling thread is about to create a task, or several. */
void task_created(struct thread *self, struct task_origin *origin);
/* It begins one, or goes on with one. *number: what that got then, or 0. Result: for task_ends,
 * when that is over. */
uint32_t task_begins(struct thread *self, const struct task_origin *origin, uint32_t *number);
/* It begins one of which nothing is known. */
void tasks_lose(struct thread *self);
void task_ends(struct thread *self, uint32_t outer);

/* All that its task has created is over, or what it has created since the taskgroup began. */
void tasks_waited(struct thread *self);
void taskgroup_begins(struct thread *self);
/* nested: in a region inside of another: what its task is, is not known then. */
void taskgroup_ended(struct thread *self, bool nested);

/* It comes to a barrier, or to the end of a region, where it may do tasks until all are over. */
void tasks_fence_ahead(struct thread *self);
/* All that it has done is over, by whomever the tasks are done in another schedule; it is in none.
 */
void tasks_fence(struct thread *self);

/* Around what is part of the task, and may create tasks of its own. */
static inline void tasks_hide(struct thread *self)
{
	self->tasks.hidden++;
}

static inline void tasks_show(struct thread *self)
{
	if (self->tasks.hidden)
		self->tasks.hidden--;
}

#endif
