/* Compares tallies with one another, and with the events. */
#include "semaphores.h"

#include <stdlib.h>

#include "xalloc.h"

/* Of a lock, so many more in tallies than there are events. */
struct missing {
	int64_t posts, takes;
};

/* Whether every call in the process that it should have seen is in the counts. */
static bool saw_all(const struct process *process)
{
	return !process->drops[TRACE_DROP_no_space] && !process->drops[TRACE_DROP_no_memory] &&
	       !process->drops[TRACE_DROP_nested] && !process->drops[TRACE_DROP_thread];
}

bool sync_is_counted(const struct model *model, const struct lock *lock)
{
	return !(lock->flags & (TRACE_LOCK_UNCOUNTED | TRACE_LOCK_SHARED)) &&
	       saw_all(&model->processes[lock->process]);
}

bool sync_may_order(const struct model *model, const struct lock *lock)
{
	return sync_is_counted(model, lock) && !(lock->flags & TRACE_LOCK_FEWER);
}

static void add_tally(const struct model *model, const struct tally *tally,
		      struct semaphore *semaphore, bool *differs, struct missing *missing)
{
	const bool posted = tally->kind == TRACE_EVENT_posted;

	*differs |= semaphore->amount && semaphore->amount != tally->amount;
	*differs |= !tally->amount;
	*differs |= model->threads[tally->thread].process != model->locks[tally->lock].process;
	semaphore->amount = tally->amount;
	if (posted || tally->kind == TRACE_EVENT_taken) {
		*(posted ? &missing->posts : &missing->takes) += tally->count;
		*(posted ? &semaphore->posts : &semaphore->takes) &=
			!(tally->flags & TRACE_TALLY_MORE);
	} else { /* It was a lock before. */
		semaphore->posts = semaphore->takes = false;
	}
}

struct semaphore *semaphores_of(const struct model *model)
{
	struct semaphore *semaphores = xcalloc(model->lock_count + 1, sizeof(*semaphores));
	struct missing *missing = xcalloc(model->lock_count + 1, sizeof(*missing));
	bool *differs = xcalloc(model->lock_count + 1, sizeof(*differs));

	for (size_t i = 0; i < model->lock_count; i++)
		semaphores[i].posts = semaphores[i].takes = true;
	for (size_t i = 0; i < model->tally_count; i++) {
		const uint32_t lock = model->tallies[i].lock;

		add_tally(model, &model->tallies[i], &semaphores[lock], &differs[lock],
			  &missing[lock]);
	}
	for (size_t i = 0; i < model->event_count; i++) {
		struct missing *of = &missing[model->events[i].lock];

		of->posts -= model->events[i].kind == TRACE_EVENT_posted;
		of->takes -= model->events[i].kind == TRACE_EVENT_taken;
	}
	for (size_t i = 0; i < model->lock_count; i++) {
		const struct lock *lock = &model->locks[i];

		semaphores[i].posts &= missing[i].posts == 0;
		semaphores[i].takes &= missing[i].takes == 0;
		if (differs[i] || lock->kind != TRACE_LOCK_semaphore || lock->lives > 1 ||
		    !sync_is_counted(model, lock))
			semaphores[i].amount = 0;
	}
	free(missing);
	free(differs);
	return semaphores;
}
