/* The library of annotated_library.c. */
#include "annotated.h"

void library_one(void);
void library_two(void);
void AnnotateRWLockAcquired(const char *file, int line, const volatile void *lock, long writer);
void AnnotateRWLockReleased(const char *file, int line, const volatile void *lock, long writer);

__attribute__((weak)) void AnnotateRWLockAcquired(const char *file, int line,
						  const volatile void *lock, long writer)
{
	(void)file, (void)line, (void)lock, (void)writer;
}

__attribute__((weak)) void AnnotateRWLockReleased(const char *file, int line,
						  const volatile void *lock, long writer)
{
	(void)file, (void)line, (void)lock, (void)writer;
}

static struct own_lock a, b;

static inline __attribute__((always_inline)) void lock(struct own_lock *lock)
{
	while (!own_take(lock, ~0u, 1))
		sched_yield();
	AnnotateRWLockAcquired(__FILE__, __LINE__, lock, 1);
}

static void unlock(struct own_lock *lock)
{
	AnnotateRWLockReleased(__FILE__, __LINE__, lock, 1);
	__atomic_fetch_sub(&lock->state, 1, __ATOMIC_RELEASE);
}

void library_one(void)
{
	lock(&a);
	lock(&b); /* @first */
	unlock(&b);
	unlock(&a);
}

void library_two(void)
{
	lock(&b);
	lock(&a); /* @second */
	unlock(&a);
	unlock(&b);
}
