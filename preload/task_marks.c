/* Owns the records of tasks. */
#include "task_marks.h"

#include "slow.h"
#include "tree.h"

enum {
	MOST_MARKS = 1 << 12,	/* of one thread; fences have as many again */
	MOST_BETWEEN = 1 << 10, /* two fences */
	MOST_EXACT = 1 << 8,	/* creations that end an epoch are among so many marks */
	GROUPS = sizeof(((struct omp_tasks *)NULL)->groups) / sizeof(uint32_t),
};

static uint32_t last_number;

/* What is known of a thread whose trace has another record of it is about another image. */
static struct omp_tasks *tasks_of(struct thread *self)
{
	if (self->tasks.ref != self->ref)
		self->tasks = (struct omp_tasks){.ref = self->ref};
	return &self->tasks;
}

/* Whether an epoch may end here. */
static bool may_mark(const struct thread *self)
{
	return !self->late && !self->busy;
}

/* One of those that it may make. */
static bool spend(struct thread *self, uint32_t most)
{
	struct omp_tasks *tasks = tasks_of(self);

	if (!may_mark(self) || tasks->marks >= most)
		return false;
	tasks->marks++;
	tasks->phase++;
	return true;
}

/* False: no space. */
static bool write_mark(struct thread *self, const struct trace_task *mark)
{
	struct trace_task *written;
	struct slow slow;

	slow_begin(&slow, self);
	written = trace_alloc(&recorder_cursor, TRACE_TYPE_task, sizeof(*written));
	if (written) {
		const struct trace_record head = written->head;

		*written = *mark;
		written->head = head;
		written->thread = self->ref;
		written->epoch = self->epoch + 1;
		trace_commit(&recorder_cursor, written);
	}
	slow_end(&slow);
	if (written)
		tree_next_epoch(self);
	return written;
}

/* From here on its tasks are not told apart. */
void tasks_lose(struct thread *self)
{
	struct omp_tasks *tasks = tasks_of(self);
	const bool inside = thread_depth(self) && !tasks->inside;

	if ((tasks->lost && !inside) || !may_mark(self))
		return;
	tasks->lost = tasks->open = true;
	tasks->inside |= inside;
	write_mark(self, &(struct trace_task){
				 .kind = TRACE_TASK_lost,
				 .flags = inside ? TRACE_TASK_INSIDE : 0,
				 .number = tasks->number,
				 .fence = tasks->fence,
			 });
}

void task_created(struct thread *self, struct task_origin *origin)
{
	const struct omp_tasks *tasks = tasks_of(self);
	const bool ends = tasks->phase < MOST_EXACT && !tasks->lost && spend(self, MOST_MARKS);

	*origin = (struct task_origin){0};
	if (tasks->lost || !may_mark(self))
		return;
	*origin = (struct task_origin){
		.thread = self->ref,
		.number = tasks->number,
		.epoch = self->epoch,
		.flags = (tasks->hidden ? TRACE_TASK_UNWAITED : 0) | (ends ? 0 : TRACE_TASK_WITHIN),
	};
	if (ends)
		tree_next_epoch(self);
}

uint32_t task_begins(struct thread *self, const struct task_origin *origin, uint32_t *number)
{
	struct omp_tasks *tasks = tasks_of(self);
	const uint32_t outer = tasks->number;

	if (tasks->lost || tasks->phase >= MOST_BETWEEN || !spend(self, MOST_MARKS)) {
		tasks_lose(self);
		return outer;
	}
	if (!*number)
		*number = __atomic_add_fetch(&last_number, 1, __ATOMIC_RELAXED);
	tasks->number = *number;
	tasks->open = true;
	write_mark(self,
		   &(struct trace_task){
			   .kind = TRACE_TASK_begun,
			   .flags = origin->flags | (thread_depth(self) ? TRACE_TASK_INSIDE : 0),
			   .number = tasks->number,
			   .creator = origin->thread,
			   .creator_number = origin->number,
			   .create_epoch = origin->epoch,
			   .fence = tasks->fence,
		   });
	return outer;
}

void task_ends(struct thread *self, uint32_t outer)
{
	struct omp_tasks *tasks = tasks_of(self);

	if (tasks->number == outer)
		return;
	tasks->number = outer;
	if (tasks->lost)
		return;
	if (!may_mark(self) ||
	    !write_mark(self, &(struct trace_task){.kind = TRACE_TASK_ended, .number = outer}))
		tasks->lost = true;
}

/* What its task has created in these epochs is over. */
static void waited(struct thread *self, uint32_t since)
{
	const struct omp_tasks *tasks = tasks_of(self);

	if (tasks->phase && !tasks->hidden && !tasks->lost && spend(self, MOST_MARKS))
		write_mark(self, &(struct trace_task){
					 .kind = TRACE_TASK_waited,
					 .number = tasks->number,
					 .since = since,
				 });
}

void tasks_waited(struct thread *self)
{
	waited(self, 0);
}

void taskgroup_begins(struct thread *self)
{
	struct omp_tasks *tasks = tasks_of(self);

	if (tasks->group_count < GROUPS)
		tasks->groups[tasks->group_count] = self->epoch;
	tasks->group_count++;
}

void taskgroup_ended(struct thread *self, bool nested)
{
	struct omp_tasks *tasks = tasks_of(self);

	if (tasks->group_count && --tasks->group_count < GROUPS && !nested)
		waited(self, tasks->groups[tasks->group_count]);
}

void tasks_fence_ahead(struct thread *self)
{
	tasks_of(self)->waits = self->epoch;
}

void tasks_fence(struct thread *self)
{
	struct omp_tasks *tasks = tasks_of(self);
	const uint32_t waits = tasks->waits;
	const bool open = tasks->open;

	if (!may_mark(self) || (open && !spend(self, 2 * MOST_MARKS)))
		return;
	tasks->number = tasks->hidden = tasks->group_count = tasks->phase = tasks->waits = 0;
	tasks->open = tasks->lost = false;
	/* What is before it and what is after it may be in one epoch. It is the latter then. */
	tasks->fence = self->epoch + open;
	if (open && !write_mark(self, &(struct trace_task){
					      .kind = TRACE_TASK_fence,
					      .since = waits,
					      .fence = self->epoch + 1,
				      }))
		tasks->fence = 0;
}
