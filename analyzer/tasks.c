/* Owns stretches of threads in tasks, and what orders them. */
#include "tasks.h"

#include <stdlib.h>
#include <uthash.h>

#include "bisect.h"
#include "xalloc.h"

/* Pairs of stretches that are looked at for one pair of nodes; beyond it, nothing is known. */
enum { MOST_PAIRS = 1 << 17 };

struct task_key {
	uint32_t process, number;
};

/* A task that is known to have begun. */
struct task {
	struct task_key key;
	uint32_t mark; /* where it did, index into tasks.marks */
	UT_hash_handle hh;
};

struct tasks {
	const struct model *model;
	struct task_mark *marks; /* by thread, then epoch; each with the newest fence so far */
	uint32_t *first;	 /* of each thread, and one more */
	uint32_t *closing;	 /* by mark: the thread's next one that is a fence, or itself */
	uint32_t *ends;		 /* by thread: epoch of its newest end of a region, and 1; 0 */
	struct task *known;
};

/* A moment in a task. */
struct point {
	uint32_t thread, number, epoch;
};

/* A node's thread in one task, between two marks. */
struct stretch {
	uint32_t mark; /* that it begins with; NO_INDEX: none */
	uint32_t thread, number;
	uint32_t first, last; /* epochs in which the node was met there */
	bool lost;
};

struct stretches {
	struct stretch *items;
	size_t count;
	bool exact; /* spans outside of tasks are apart */
};

static int compare_marks(const void *left, const void *right)
{
	const struct task_mark *a = left, *b = right;

	if (a->thread != b->thread)
		return a->thread < b->thread ? -1 : 1;
	return a->epoch < b->epoch ? -1 : a->epoch > b->epoch;
}

static void know(struct tasks *tasks, uint32_t mark)
{
	const struct task_mark *begun = &tasks->marks[mark];
	struct task *task, *other;
	const struct task_key key = {tasks->model->threads[begun->thread].process, begun->number};

	HASH_FIND(hh, tasks->known, &key, sizeof(key), other);
	if (other)
		return;
	task = xcalloc(1, sizeof(*task));
	task->key = key;
	task->mark = mark;
	HASH_ADD(hh, tasks->known, key, sizeof(task->key), task);
}

struct tasks *tasks_new(const struct model *model)
{
	struct tasks *tasks;

	if (!model->task_count)
		return NULL;
	tasks = xcalloc(1, sizeof(*tasks));
	tasks->model = model;
	tasks->marks = xcalloc(model->task_count, sizeof(*tasks->marks));
	tasks->first = xcalloc(model->thread_count + 1, sizeof(*tasks->first));
	memcpy(tasks->marks, model->tasks, model->task_count * sizeof(*tasks->marks));
	qsort(tasks->marks, model->task_count, sizeof(*tasks->marks), compare_marks);
	for (uint32_t i = 0; i < model->task_count; i++) {
		tasks->first[tasks->marks[i].thread + 1]++;
		if (tasks->marks[i].kind == TRACE_TASK_begun)
			know(tasks, i);
		if (i && tasks->marks[i - 1].thread == tasks->marks[i].thread &&
		    tasks->marks[i - 1].fence > tasks->marks[i].fence)
			tasks->marks[i].fence = tasks->marks[i - 1].fence;
	}
	for (size_t t = 0; t < model->thread_count; t++)
		tasks->first[t + 1] += tasks->first[t];
	tasks->ends = xcalloc(model->thread_count, sizeof(*tasks->ends));
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (event->kind == TRACE_EVENT_before && event->act == TRACE_ACT_omp_parallel_end &&
		    event->epoch >= tasks->ends[event->thread])
			tasks->ends[event->thread] = event->epoch + 1;
	}
	tasks->closing = xcalloc(model->task_count, sizeof(*tasks->closing));
	for (size_t i = model->task_count; i-- > 0;)
		tasks->closing[i] =
			tasks->marks[i].kind == TRACE_TASK_fence || i + 1 == model->task_count
				? (uint32_t)i
				: tasks->closing[i + 1];
	return tasks;
}

void tasks_free(struct tasks *tasks)
{
	struct task *task, *next;

	if (!tasks)
		return;
	HASH_ITER (hh, tasks->known, task, next) {
		HASH_DEL(tasks->known, task);
		free(task);
	}
	free(tasks->marks);
	free(tasks->first);
	free(tasks->closing);
	free(tasks->ends);
	free(tasks);
}

/* Where the task began; NULL: it is none, or not known. */
static const struct task_mark *task_find(const struct tasks *tasks, const struct point *point)
{
	const struct task_key key = {tasks->model->threads[point->thread].process, point->number};
	struct task *task;

	if (!point->number)
		return NULL;
	HASH_FIND(hh, tasks->known, &key, sizeof(key), task);
	return task ? &tasks->marks[task->mark] : NULL;
}

static struct point creation(const struct task_mark *begun)
{
	return (struct point){begun->creator, begun->creator_number, begun->create_epoch};
}

/* Numbers of tasks are those of a process. */
static bool same_task(const struct tasks *tasks, const struct point *a, const struct point *b)
{
	const struct thread *threads = tasks->model->threads;

	if (a->number != b->number)
		return false;
	return a->number ? threads[a->thread].process == threads[b->thread].process
			 : a->thread == b->thread;
}

/* The first of the thread's marks behind that epoch. */
static uint32_t mark_after(const struct tasks *tasks, uint32_t thread, uint32_t epoch)
{
	return BISECT(tasks->first[thread], tasks->first[thread + 1], i,
		      tasks->marks[i].epoch <= epoch);
}

/* The mark by which the creator has waited for the task, until that epoch of it; NO_INDEX. */
static uint32_t wait_of(const struct tasks *tasks, const struct task_mark *begun, uint32_t until)
{
	const bool within = begun->flags & TRACE_TASK_WITHIN;
	uint32_t end = tasks->first[begun->creator + 1];

	for (uint32_t i = mark_after(tasks, begun->creator, begun->create_epoch);
	     i < end && tasks->marks[i].epoch <= until; i++) {
		const struct task_mark *wait = &tasks->marks[i];

		if (wait->kind == TRACE_TASK_waited && wait->number == begun->creator_number &&
		    (!wait->since || wait->since + within <= begun->create_epoch))
			return i;
	}
	return NO_INDEX;
}

static bool was_awaited(const struct tasks *tasks, const struct task_mark *begun, uint32_t until)
{
	return wait_of(tasks, begun, until) != NO_INDEX;
}

/* Whether the task of `point` is over before `other`, as who created it waited for it, in the task
 * that `other` is in. */
static bool is_over(const struct tasks *tasks, const struct point *point, const struct point *other)
{
	const struct task_mark *begun = task_find(tasks, point);

	/* Each was created by another, unless the file is damaged. */
	for (size_t depth = 0; depth < tasks->model->task_count; depth++) {
		struct point created;

		if (!begun || begun->creator == NO_INDEX || begun->flags & TRACE_TASK_UNWAITED)
			return false;
		created = creation(begun);

		if (same_task(tasks, &created, other))
			return created.thread == other->thread &&
			       was_awaited(tasks, begun, other->epoch);
		if (!was_awaited(tasks, begun, UINT32_MAX))
			return false;
		begun = task_find(tasks, &created);
	}
	return false;
}

/* Whether what its thread did by `one` comes before what the other's does from `other` on. */
static bool comes_before(const struct tasks *tasks, const struct point *one, struct point other)
{
	const struct task_mark *begun;

	for (size_t depth = 0; depth <= tasks->model->task_count; depth++) {
		/* One that is not tied may have gone on in another thread. */
		if (same_task(tasks, one, &other))
			return one->thread == other.thread && one->epoch <= other.epoch;
		if (is_over(tasks, one, &other))
			return true;
		begun = task_find(tasks, &other);
		if (!begun || begun->creator == NO_INDEX)
			return false;
		other = creation(begun);
		/* Of that epoch some may have come later. */
		if (begun->flags & TRACE_TASK_WITHIN && other.epoch-- == 0)
			return false;
	}
	return false;
}

/* The thread's first fence behind that epoch; UINT32_MAX: there is none. */
static uint32_t fence_after(const struct tasks *tasks, uint32_t thread, uint32_t epoch)
{
	uint32_t next = BISECT(tasks->first[thread], tasks->first[thread + 1], i,
			       tasks->marks[i].fence <= epoch);

	return next < tasks->first[thread + 1] ? tasks->marks[next].fence : UINT32_MAX;
}

static bool stretch_before(const struct tasks *tasks, const struct stretch *a,
			   const struct stretch *b)
{
	const struct point last = {a->thread, a->number, a->last};
	const struct point first = {b->thread, b->number, b->first};

	if (a->thread == b->thread && fence_after(tasks, a->thread, a->last) <= b->first)
		return true;
	return !a->lost && !b->lost && comes_before(tasks, &last, first);
}

/* Whether the two, by different threads or in different tasks, can be at the same time. */
static bool stretches_meet(const struct tasks *tasks, const struct stretch *a,
			   const struct stretch *b)
{
	const struct point one = {a->thread, a->number, 0}, other = {b->thread, b->number, 0};

	if (!a->lost && !b->lost && same_task(tasks, &one, &other))
		return false;
	return !stretch_before(tasks, a, b) && !stretch_before(tasks, b, a);
}

/* Whether only its thread could do it, and did it when it came to it. */
static bool is_own(const struct stretch *stretch)
{
	return !stretch->lost && !stretch->number;
}

static void stretch_add(const struct tasks *tasks, struct stretches *list, uint32_t thread,
			uint32_t mark, const struct span *span)
{
	const struct task_mark *begins = mark == NO_INDEX ? NULL : &tasks->marks[mark];
	struct stretch *newest = list->count ? &list->items[list->count - 1] : NULL;

	if (newest && newest->mark == mark && !(list->exact && is_own(newest))) {
		newest->last = span->last;
		return;
	}
	list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = (struct stretch){
		.mark = mark,
		.thread = thread,
		.number = begins ? begins->number : 0,
		.first = span->first,
		.last = span->last,
		.lost = begins && begins->kind == TRACE_TASK_lost,
	};
}

/* The node's spans, cut where its thread has marks. */
static struct stretches stretches_of(const struct tasks *tasks, uint32_t index, bool exact)
{
	const struct node *node = &tasks->model->nodes[index];
	struct stretches list = {.exact = exact};

	for (uint32_t s = 0; s < node->span_count; s++) {
		struct span rest = tasks->model->spans[node->first_span + s];
		uint32_t next = mark_after(tasks, node->thread, rest.first);
		bool more = true;

		for (; more; next++) {
			const uint32_t begin =
				next > tasks->first[node->thread] ? next - 1 : NO_INDEX;
			struct span part = rest;

			more = next < tasks->first[node->thread + 1] &&
			       tasks->marks[next].epoch <= rest.last;
			if (more)
				part.last = tasks->marks[next].epoch - 1;
			rest.first = part.last + 1;
			stretch_add(tasks, &list, node->thread, begin, &part);
		}
	}
	return list;
}

uint32_t tasks_settled(const struct tasks *tasks, uint32_t thread, uint32_t epoch, uint32_t *until)
{
	uint32_t next = mark_after(tasks, thread, epoch), end = tasks->first[thread + 1];

	if (next < end)
		next = tasks->closing[next];
	if (next >= end || tasks->marks[next].kind != TRACE_TASK_fence ||
	    !tasks->marks[next].since || tasks->marks[next].since >= epoch)
		return epoch;
	*until = tasks->marks[next].epoch;
	return tasks->marks[next].since;
}

typedef bool relation(const struct tasks *tasks, const struct stretch *a, const struct stretch *b);

/* Whether it is so of some stretch of x and some of y; also if there are too many to tell. */
static bool some_pair(const struct tasks *tasks, uint32_t x, uint32_t y, relation *is_so)
{
	const struct node *nodes = tasks->model->nodes;
	const bool fenced = is_so == stretches_meet && nodes[x].thread == nodes[y].thread;
	struct stretches a = stretches_of(tasks, x, false), b = stretches_of(tasks, y, false);
	uint32_t left = MOST_PAIRS;
	bool found = false;

	for (size_t i = 0; !found && i < a.count; i++) {
		const struct stretch *one = &a.items[i];
		uint32_t fence = fence_after(tasks, one->thread, one->last);
		/* What is behind a fence comes after it, of its thread; and the other way round. */
		size_t j = fenced ? BISECT(0, b.count, k,
					   fence_after(tasks, one->thread, b.items[k].last) <=
						   one->first)
				  : 0;

		for (; !found && j < b.count; j++) {
			if (fenced && b.items[j].first >= fence)
				break;
			found = left-- == 0 || is_so(tasks, one, &b.items[j]);
		}
	}
	free(a.items);
	free(b.items);
	return found;
}

static bool are_apart(const struct tasks *tasks, const struct stretch *a, const struct stretch *b)
{
	(void)tasks;
	return a->lost || b->lost || a->number != b->number;
}

bool tasks_apart(const struct tasks *tasks, uint32_t x, uint32_t y)
{
	return tasks && tasks->model->threads[tasks->model->nodes[x].thread].tasks &&
	       some_pair(tasks, x, y, are_apart);
}

bool tasks_concurrent(const struct tasks *tasks, uint32_t x, uint32_t y)
{
	const struct model *model = tasks->model;

	if (!model->threads[model->nodes[x].thread].tasks &&
	    !model->threads[model->nodes[y].thread].tasks)
		return true;
	return some_pair(tasks, x, y, stretches_meet);
}

/* The newest fence of the thread by that epoch; 0: none. */
static uint32_t fence_before(const struct tasks *tasks, uint32_t thread, uint32_t epoch)
{
	uint32_t next = mark_after(tasks, thread, epoch);

	return next > tasks->first[thread] ? tasks->marks[next - 1].fence : 0;
}

/* Sets where, at the latest, others can have begun with it: where it was created. */
static void find_begin(const struct tasks *tasks, const struct stretch *stretch,
		       struct task_part *part)
{
	struct point at = {stretch->thread, stretch->number, stretch->first};

	part->begin = (struct task_moment){stretch->thread, part->phase};
	if (stretch->lost)
		return;
	for (size_t depth = 0; depth <= tasks->model->task_count; depth++) {
		const struct task_mark *begun = task_find(tasks, &at);

		if (!at.number)
			part->begin = (struct task_moment){at.thread, at.epoch};
		if (!begun || begun->creator == NO_INDEX)
			return;
		at = creation(begun);
		if (begun->flags & TRACE_TASK_WITHIN && at.epoch)
			at.epoch--;
	}
}

/* Sets where a thread went on that has waited for it, if it is in no task. */
static void find_wait(const struct tasks *tasks, const struct stretch *stretch,
		      struct task_part *part)
{
	struct point at = {stretch->thread, stretch->number, stretch->last};

	for (size_t depth = 0; !stretch->lost && depth <= tasks->model->task_count; depth++) {
		const struct task_mark *begun = task_find(tasks, &at);
		uint32_t wait;

		if (!begun || begun->creator == NO_INDEX || begun->flags & TRACE_TASK_UNWAITED)
			return;
		wait = wait_of(tasks, begun, UINT32_MAX);
		if (wait == NO_INDEX)
			return;
		at = creation(begun);
		if (!at.number)
			part->end = (struct task_moment){at.thread, tasks->marks[wait].epoch};
	}
}

/* Sets where its thread came to where all tasks are over, and where it went on. */
static void find_fence(const struct tasks *tasks, const struct stretch *stretch,
		       struct task_part *part)
{
	uint32_t next = mark_after(tasks, stretch->thread, stretch->last);

	if (next < tasks->first[stretch->thread + 1])
		next = tasks->closing[next];
	if (next >= tasks->first[stretch->thread + 1] ||
	    tasks->marks[next].kind != TRACE_TASK_fence) {
		/* No region was after this one. */
		if (part->phase && tasks->ends[stretch->thread] > part->phase)
			part->comes = tasks->ends[stretch->thread] - 1;
		return;
	}
	part->passed = tasks->marks[next].epoch;
	part->comes = tasks->marks[next].since ? tasks->marks[next].since : part->passed;
}

struct task_part *tasks_parts(const struct tasks *tasks, uint32_t node, size_t *count)
{
	struct stretches list = stretches_of(tasks, node, true);
	struct task_part *parts = xcalloc(list.count, sizeof(*parts));

	for (size_t i = 0; i < list.count; i++) {
		const struct stretch *stretch = &list.items[i];

		parts[i] = (struct task_part){
			.thread = stretch->thread,
			.own = is_own(stretch),
			.since = is_own(stretch) ? 0 : tasks->marks[stretch->mark].epoch,
			.first = stretch->first,
			.last = stretch->last,
			.phase = fence_before(tasks, stretch->thread, stretch->first),
			.begin = {stretch->thread, stretch->first},
			.end = {NO_INDEX, 0},
			.comes = UINT32_MAX,
			.passed = UINT32_MAX,
		};
		find_fence(tasks, stretch, &parts[i]);
		if (!tasks->model->threads[stretch->thread].tasks) {
			parts[i].phase = stretch->first;
			parts[i].comes = stretch->last;
		}
		if (parts[i].own)
			continue;
		find_begin(tasks, stretch, &parts[i]);
		find_wait(tasks, stretch, &parts[i]);
	}
	*count = list.count;
	free(list.items);
	return parts;
}
