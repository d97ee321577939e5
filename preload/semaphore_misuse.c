/* Notes posts beyond the largest value, and destruction under a waiter. */
#include "semaphore_misuse.h"

void semaphore_check_post(struct thread *self, const sem_t *sem, const void *site,
			  const void *frame)
{
	misuse_note(self, &(struct misuse){
				  .rule = TRACE_MISUSE_sem_overflow,
				  .act = TRACE_ACT_sem_post,
				  .kind = TRACE_LOCK_semaphore,
				  .lock = sem,
				  .site = site,
				  .frame = frame,
			  });
}

/* The waiters of a shared one may be those of other processes. */
void semaphore_check_destroy(struct thread *self, const sem_t *sem, const void *site,
			     const void *frame)
{
	struct misuse misuse = {
		.rule = TRACE_MISUSE_destroy_waited,
		.act = TRACE_ACT_sem_destroy,
		.kind = TRACE_LOCK_semaphore,
		.lock = sem,
		.site = site,
		.frame = frame,
	};
	struct party party;
	struct slow slow;

	if (self->busy)
		return;
	slow_begin(&slow, self);
	if (party_waiting(sem, self, &party))
		misuse_blame(&misuse, &party);
	misuse_record(self, &misuse);
	slow_end(&slow);
}
