/* The rules of misuse of mutexes. */
#include "mutex_misuse.h"

/* Whether the C library itself refuses what a thread that is not the owner does (EPERM): POSIX
 * allows to try. With priority inheritance it looks at the owner for every type. */
static bool checks_owner(const pthread_mutex_t *mutex)
{
	int kind = mutex->__data.__kind, type = kind & MUTEX_TYPE;

	return kind & (MUTEX_ROBUST | MUTEX_INHERIT) || type == PTHREAD_MUTEX_RECURSIVE ||
	       type == PTHREAD_MUTEX_ERRORCHECK;
}

/* Whether it is locked; a ceiling stays in the upper bits of a free one. */
static bool is_locked(const pthread_mutex_t *mutex)
{
	const int ceiling = (int)0xfff80000;
	int lock = __atomic_load_n(&mutex->__data.__lock, __ATOMIC_RELAXED);

	return mutex->__data.__kind & MUTEX_PROTECT ? (lock & ~ceiling) != 0 : lock != 0;
}

void mutex_check_unlock(struct thread *self, const pthread_mutex_t *mutex, const void *site,
			const void *frame)
{
	struct misuse misuse = {
		.act = TRACE_ACT_mutex_unlock,
		.lock = mutex,
		.site = site,
		.frame = frame,
	};
	int owner = __atomic_load_n(&mutex->__data.__owner, __ATOMIC_RELAXED);
	struct party party;
	struct slow slow;

	/* Its own, but it could not be recorded when it was taken. */
	if (self->busy || owner == self->tid || checks_owner(mutex))
		return;
	misuse.rule =
		is_locked(mutex) ? TRACE_MISUSE_unlock_not_owner : TRACE_MISUSE_unlock_unlocked;
	slow_begin(&slow, self);
	if (owner && party_holding(mutex, owner, self, &party))
		misuse_blame(&misuse, &party);
	misuse_record(self, &misuse);
	slow_end(&slow);
}
