/* Owns what is known of tasks between their creation and their end. */
#include "openmp_tool_tasks.h"

#include <stddef.h>

/* omp-tools.h: numbers of the standard. */
enum { TASK_EXPLICIT = 4, TASK_UNDEFERRED = 0x08000000 };
enum { TASKWAIT = 5, TASKGROUP = 6 };

/* What is remembered of a task: of one that is explicit where it is kept, that it is part of the
 * task that created it, or that there was no place. Others count barriers there. */
static const uint64_t KEPT = UINT64_C(1) << 63, PART = UINT64_C(1) << 62, LOST = UINT64_C(1) << 61;

enum { MOST_KEPT = 1 << 16 };

static struct kept_task {
	struct task_origin origin;
	uint32_t number; /* 0: it has not begun, or has none */
	uint32_t outer;	 /* the task that its thread was in before */
	bool is_done;	 /* at this moment, by some thread */
} kept[MOST_KEPT];
static uint32_t kept_count;

static bool is_part(const union data *task)
{
	return task->value & (PART | LOST);
}

/* NULL: it is none that is. */
static struct kept_task *kept_of(const union data *task)
{
	return task && (task->value & KEPT) ? &kept[(uint32_t)task->value] : NULL;
}

void tool_task_create(const union data *encountering, const void *frame, union data *task,
		      int flags, int dependences, const void *site)
{
	struct thread *self = thread_self();
	uint32_t at;

	(void)frame, (void)dependences, (void)site;
	if (!self || !task || !(flags & TASK_EXPLICIT))
		return;
	task->value = PART;
	if (flags & TASK_UNDEFERRED)
		return;
	task->value = LOST;
	if (__atomic_load_n(&kept_count, __ATOMIC_RELAXED) >= MOST_KEPT)
		return;
	at = __atomic_fetch_add(&kept_count, 1, __ATOMIC_RELAXED);
	if (at >= MOST_KEPT)
		return;
	task_created(self, &kept[at].origin);
	if (!encountering || is_part(encountering) || self->team.nested)
		kept[at].origin.flags |= TRACE_TASK_UNWAITED;
	task->value = KEPT | at;
}

/*
 * A thread does other tasks inside of those that are tied to it, so what is left, for good or not,
 * is the one that was begun last.
 */
void tool_task_schedule(const union data *prior, int status, const union data *next)
{
	struct thread *self = thread_self();
	struct kept_task *begun = kept_of(next), *left = kept_of(prior);

	(void)status;
	if (!self)
		return;
	if (begun && !begun->is_done) {
		begun->is_done = true;
		begun->outer = self->tasks.number;
		task_begins(self, &begun->origin, &begun->number);
	} else if (left && left->is_done) {
		left->is_done = false;
		task_ends(self, left->outer);
	}
	if (next && next->value & LOST)
		tasks_lose(self);
}

void tool_tasks_wait(struct thread *self, int kind, int scope, const union data *task)
{
	const bool hidden = is_part(task) || self->team.nested;

	if (kind == TASKWAIT && scope == SCOPE_END && !hidden)
		tasks_waited(self);
	else if (kind == TASKGROUP && scope == SCOPE_BEGIN)
		taskgroup_begins(self);
	else if (kind == TASKGROUP && scope == SCOPE_END)
		taskgroup_ended(self, hidden);
}
