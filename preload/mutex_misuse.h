/*
 * What a mutex's own memory says about it, and the rules of misuse that follow. Checked on slow
 * paths only.
 *
 * Facts used of glibc (2.1 to 2.36): see mutex.c; the bits of __kind; pthread_mutex_destroy leaves
 * __kind == -1, which every later call but an initialisation refuses with EINVAL.
 */
#ifndef GORDIAN_MUTEX_MISUSE_H
#define GORDIAN_MUTEX_MISUSE_H

#include "misuse.h"

/* Bits of __kind. */
enum {
	MUTEX_TYPE = 3, /* mask: normal, recursive, error-checking, adaptive */
	MUTEX_ROBUST = 16,
	MUTEX_INHERIT = 32, /* priority inheritance: __lock holds the owner's thread id */
	MUTEX_PROTECT = 64, /* priority ceiling: kept in the upper bits of __lock */
	MUTEX_SHARED = 128,
};

/* Before an unlock (enum trace_act) of a mutex that is not on the thread's held stack. */
void mutex_check_unlock(struct thread *self, const pthread_mutex_t *mutex, uint16_t act,
			const void *site, const void *frame);
/* Before a lock call (enum trace_op) that will not succeed at once, or after one that failed. */
void mutex_check_lock(struct thread *self, const pthread_mutex_t *mutex, uint16_t op,
		      const void *site, const void *frame);

/* Before an initialisation: a life begins. Here and below, act: enum trace_act. */
void mutex_began(const pthread_mutex_t *mutex, uint16_t act, const void *site, const void *frame);
/* Before a destruction: its life ends, if nothing speaks against it. */
bool mutex_ends(const pthread_mutex_t *mutex, uint16_t act, const void *site, const void *frame);
/* It was destroyed nevertheless. */
void mutex_ended(const pthread_mutex_t *mutex, uint16_t act, const void *site, const void *frame);

/* Kernel id of the thread that holds it: 0: nobody; -1: somebody. */
int mutex_owner(const void *lock);

#endif
