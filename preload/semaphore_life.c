/*
 * Semaphores are made, opened, closed and destroyed.
 *
 * Facts used of glibc: semaphore_memory.h.
 */
#include "families.h"
#include "latch.h"
#include "life_misuse.h"
#include "real.h"
#include "semaphore_misuse.h"
#include "tree.h"

#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>

INTERPOSE(sem_init)
int sem_init(sem_t *sem, int shared, unsigned value)
{
	int result = REAL(sem_init)(sem, shared, value);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	life_check_init(self, &(struct misuse){
				      .act = TRACE_ACT_sem_init,
				      .kind = TRACE_LOCK_semaphore,
				      .lock = sem,
				      .site = CALL_SITE,
				      .frame = CALL_FRAME,
			      });
	locks_init(self, sem, TRACE_LOCK_semaphore, stacks_at(self, CALL_SITE, CALL_FRAME));
	if (value != 1)
		locks_set_ordering(self, sem);
	else if (!shared)
		locks_inherit(self, sem);
	if (!shared)
		locks_set_amount(sem, value + 1);
	/* Its first take is to know. */
	locks_find_role(sem);
	slow_end(&slow);
	if (value == 1 && !shared)
		latch_made(self, sem);
	return 0;
}

/*
 * A shared one may be initialised again by another process. The place of the end is only taken of
 * those that no program makes and ends by the million, as CPython does locks.
 */
static void bury(struct thread *self, const sem_t *sem, const void *site, const void *frame)
{
	struct stack *place = NULL;

	if (semaphore_shared(sem)) {
		locks_destroy(sem);
		return;
	}
	if (locks_role(sem) == LOCKS_ORDERING)
		place = stacks_at_lock(self, site, frame);
	graves_bury(self, sem, TRACE_LOCK_semaphore, TRACE_ACT_sem_destroy, place);
}

INTERPOSE(sem_destroy)
int sem_destroy(sem_t *sem)
{
	struct thread *self = thread_self();
	struct slow slow;
	int result;

	if (self && unlikely(semaphore_short(sem)))
		semaphore_check_destroy(self, sem, CALL_SITE, CALL_FRAME);
	result = REAL(sem_destroy)(sem);
	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	bury(self, sem, CALL_SITE, CALL_FRAME);
	slow_end(&slow);
	/* Who takes the last unit before that, lest others have it, has nothing afterwards. */
	if (unlikely(tree_holds(self, sem)))
		tree_release(self, sem);
	return 0;
}

/*
 * glibc maps a name once per process, however often it is opened. Who says that the semaphore
 * starts at another value than 1 does not mean a lock, whether it was there before or not.
 */
static void opened(struct thread *self, sem_t *sem, int flags, unsigned value, struct stack *stack)
{
	const int create = O_CREAT | O_EXCL;

	if (locks_open(self, sem, stack, (flags & create) == create) && flags & O_CREAT &&
	    value != 1)
		locks_set_ordering(self, sem);
}

INTERPOSE(sem_open)
sem_t *sem_open(const char *name, int flags, ...)
{
	struct thread *self;
	unsigned value = 0;
	struct slow slow;
	va_list arguments;
	mode_t mode = 0;
	sem_t *sem;

	if (flags & O_CREAT) {
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		value = va_arg(arguments, unsigned);
		va_end(arguments);
	}
	sem = REAL(sem_open)(name, flags, mode, value);
	self = sem == SEM_FAILED ? NULL : thread_self();
	if (!self || self->busy)
		return sem;
	slow_begin(&slow, self);
	opened(self, sem, flags, value, stacks_at(self, CALL_SITE, CALL_FRAME));
	slow_end(&slow);
	return sem;
}

/* Recorded first: afterwards something else may be mapped there. */
INTERPOSE(sem_close)
int sem_close(sem_t *sem)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (self && !self->busy) {
		slow_begin(&slow, self);
		locks_close(sem);
		slow_end(&slow);
	}
	return REAL(sem_close)(sem);
}

/* Nothing to record: who has it open goes on with it. Here so that the family is whole. */
INTERPOSE(sem_unlink)
int sem_unlink(const char *name)
{
	return REAL(sem_unlink)(name);
}
