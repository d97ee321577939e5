/*
 * What of one thread's doings others could do in its place, at the same time: explicit tasks of
 * OpenMP (the task record, trace_format.h). Which thread does a task is chance, and so is the order
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

#endif
