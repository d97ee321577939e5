/* What the recorder must ask of the families of interposed calls. */
#ifndef GORDIAN_FAMILIES_H
#define GORDIAN_FAMILIES_H

#include <stdbool.h>
#include <stdint.h>

/* The kind of lock (enum trace_lock_kind) that an operation (enum trace_op) acquires. */
uint16_t op_kind(uint16_t op);
/* Whether it is an operation on a lock of the C library's threads, and on no other of its kind. */
bool op_is_of_libc(uint16_t op);
/* Whether it is one of the read side. */
bool op_is_shared(uint16_t op);
/* Whether it only gives (TRACE_OP_SIGNAL). */
bool op_gives(uint16_t op);
/* Whether it waits for a bounded time only. */
bool op_is_timed(uint16_t op);
/* Whether it is a wait for a condition, at whose end the mutex is taken again. */
bool op_reacquires(uint16_t op);
/* Whether it waits without a limit. */
bool op_waits_on(uint16_t op);
/* TRACE_LOCK_ bits that a lock which this operation acquires shows in its own memory. */
uint16_t lock_flags(uint16_t op, const void *lock);
/* The same for the C library's lock of that kind. */
uint16_t kind_flags(uint16_t kind, const void *lock);
/*
 * Kernel id of the thread that holds the lock which this operation acquires, from the lock's
 * memory: 0: nobody does; -1: it is held, not known by whom just now; LOCK_ANONYMOUS: it is held,
 * and never tells by whom; LOCK_UNOWNED: it does not tell, or can have several owners.
 */
enum { LOCK_UNOWNED = -2, LOCK_ANONYMOUS = -3 };
int lock_owner(uint16_t op, const void *lock);
uint16_t mutex_flags(const void *lock);
uint16_t rwlock_flags(const void *lock);
uint16_t semaphore_flags(const void *lock);
uint16_t glib_recursive_flags(const void *lock);
uint16_t stream_flags(const void *lock);
uint16_t cond_flags(const void *lock);
uint16_t barrier_flags(const void *lock);
int glib_mutex_owner(const void *lock);
int glib_recursive_owner(const void *lock);
int stream_owner(const void *lock);

#endif
