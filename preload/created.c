/* Lives of locks that are begun and ended by calls. */
#include "created.h"

#include "life_misuse.h"

void lock_created_of(const void *lock, uint16_t kind, uint32_t amount, uint16_t act,
		     const void *site, const void *frame)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	if (act)
		life_check_init(self, &(struct misuse){
					      .act = act,
					      .kind = kind,
					      .lock = lock,
					      .site = site,
					      .frame = frame,
				      });
	locks_init(self, lock, kind, stacks_at(self, site, frame));
	locks_set_amount(lock, amount);
	slow_end(&slow);
}

void lock_created(const void *lock, uint16_t kind, const void *site, const void *frame)
{
	lock_created_of(lock, kind, 0, 0, site, frame);
}

void lock_destroyed(const void *lock)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	locks_destroy(lock);
	slow_end(&slow);
}
