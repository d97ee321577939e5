/* What a mutex tells of itself: for pthread_mutex_t and what is one under another name (mtx_t). */
#ifndef GORDIAN_MUTEX_H
#define GORDIAN_MUTEX_H

#include "mutex_misuse.h"

#include <errno.h>

/* Whether a lock call will have to wait. Not for what this thread may re-enter, or be refused, at
 * once. */
static inline bool mutex_taken(const pthread_mutex_t *mutex, const struct thread *self)
{
	int type = mutex->__data.__kind & MUTEX_TYPE;

	if (likely(mutex->__data.__lock == 0))
		return false;
	return mutex->__data.__owner != self->tid ||
	       (type != PTHREAD_MUTEX_RECURSIVE && type != PTHREAD_MUTEX_ERRORCHECK);
}

static inline bool mutex_got(const pthread_mutex_t *mutex, int result)
{
	return (result == 0 || result == EOWNERDEAD) && mutex->__data.__count <= 1;
}

#endif
