/* Compares initialisations and uses of locks with the lives and the graves that are known. */
#include "life_misuse.h"

#include "modules.h"

bool life_blame_first(struct misuse *misuse, uint16_t kind)
{
	const struct lock *lock = locks_find(misuse->lock);

	if (!lock || lock->kind != kind || !lock->created_by || !modules_note(misuse->lock))
		return false;
	misuse->other_thread = lock->created_by;
	misuse->other_place = lock->created;
	misuse->other_act = lock->init_seen ? misuse->act : TRACE_ACT_use;
	return true;
}

void life_check_init(struct thread *self, const struct misuse *misuse)
{
	struct misuse again = *misuse;

	again.rule = TRACE_MISUSE_double_init;
	if (life_blame_first(&again, again.kind))
		misuse_record(self, &again);
}

void life_over(const struct misuse *misuse)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	graves_bury(self, misuse->lock, misuse->kind, misuse->act,
		    stacks_at(self, misuse->site, misuse->frame));
	slow_end(&slow);
}

void life_note_use(struct thread *self, const struct acquire *use, uint16_t kind)
{
	struct misuse misuse = {
		.rule = TRACE_MISUSE_use_after_destroy,
		.act = use->op,
		.kind = kind,
		.lock = use->lock,
		.site = use->site,
		.frame = use->frame,
	};
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	/* A new life may have begun where the grave is. */
	if (!locks_find(use->lock) && graves_blame(use->lock, &misuse))
		misuse_record(self, &misuse);
	slow_end(&slow);
}
