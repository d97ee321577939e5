/*
 * The rules of misuse of GMutex, GRecMutex and GRWLock. Checked on slow paths only. GLib itself
 * ends a program that unlocks a mutex which is not locked, or clears one that is; it does not look
 * at who does.
 */
#ifndef GORDIAN_GLIB_MISUSE_H
#define GORDIAN_GLIB_MISUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "lock_misuse.h"

struct acquire;

/* GRecMutex and GRWLock: how the lock of the C library inside is held. */
extern const struct lock_kind glib_recursive_kind, glib_read_write_kind;

/* Whether the mutex is locked. */
static inline bool glib_mutex_taken(const void *mutex)
{
	return __atomic_load_n((const int *)mutex, __ATOMIC_RELAXED) != 0;
}

/* Before an initialisation of a mutex, whatever its memory holds. */
void glib_check_init(const void *mutex, const void *site, const void *frame);
/* Before a wait on a condition, by that operation, with a mutex that is not on the held stack. */
void glib_check_wait(struct thread *self, const void *cond, uint16_t op,
		     const struct acquire *again);
/* Before an unlock of a mutex that is not on the thread's held stack. */
void glib_check_unlock(struct thread *self, const void *mutex, const void *site, const void *frame);
/* Before a lock of a mutex that is locked. */
void glib_check_lock(struct thread *self, const void *mutex, const void *site, const void *frame);
/* Before the end of a mutex. */
void glib_check_clear(const void *mutex, const void *site, const void *frame);

#endif
