/*
 * What glibc keeps in a semaphore (sem_t, since 2.21, as of 2.36). Where there are 64-bit atomic
 * operations, that is on 64-bit machines: one 64-bit word, the value in its lower half and the
 * number of waiters in the upper one, then an int that is not 0 if processes share it. Elsewhere:
 * the value, shifted left by one; that int; one that is not used; the number of waiters.
 *
 * A waiter counts itself before it blocks, and off when it takes a unit, or gives up. Who was woken
 * by a post and has not run yet is counted while its unit is there.
 */
#ifndef GORDIAN_SEMAPHORE_MEMORY_H
#define GORDIAN_SEMAPHORE_MEMORY_H

#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>

#if UINTPTR_MAX > UINT32_MAX
static inline uint64_t semaphore_word(const sem_t *sem)
{
	return __atomic_load_n((const uint64_t *)(const void *)sem, __ATOMIC_RELAXED);
}

static inline uint32_t semaphore_value(const sem_t *sem)
{
	return (uint32_t)semaphore_word(sem);
}

static inline uint32_t semaphore_waiters(const sem_t *sem)
{
	return (uint32_t)(semaphore_word(sem) >> 32);
}

static inline bool semaphore_shared(const sem_t *sem)
{
	return ((const int *)(const void *)sem)[2] != 0;
}
#else
static inline uint32_t semaphore_value(const sem_t *sem)
{
	return __atomic_load_n((const uint32_t *)(const void *)sem, __ATOMIC_RELAXED) >> 1;
}

static inline uint32_t semaphore_waiters(const sem_t *sem)
{
	return __atomic_load_n((const uint32_t *)(const void *)sem + 3, __ATOMIC_RELAXED);
}

static inline bool semaphore_shared(const sem_t *sem)
{
	return ((const int *)(const void *)sem)[1] != 0;
}
#endif

/* Whether somebody waits for a unit, or may be about to: there is none to take. */
static inline bool semaphore_is_awaited(const sem_t *sem)
{
	return semaphore_value(sem) == 0 || semaphore_waiters(sem) != 0;
}

/* Whether there are more waiters than units: some of them are blocked. */
static inline bool semaphore_short(const sem_t *sem)
{
	return semaphore_waiters(sem) > semaphore_value(sem);
}

#endif
