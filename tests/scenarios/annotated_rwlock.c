/* The inversion of annotated_abba.c, annotated for other tools: dynamic annotations. */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "annotated.h"

static struct own_lock a, b;

/* As the headers of other tools declare them. */
void AnnotateRWLockCreate(const char *file, int line, const volatile void *lock)
	__attribute__((weak));
void AnnotateRWLockDestroy(const char *file, int line, const volatile void *lock)
	__attribute__((weak));
void AnnotateRWLockAcquired(const char *file, int line, const volatile void *lock, long writer)
	__attribute__((weak));
void AnnotateRWLockReleased(const char *file, int line, const volatile void *lock, long writer)
	__attribute__((weak));

static inline __attribute__((always_inline)) void lock(struct own_lock *lock, long writer)
{
	while (!own_take(lock, writer ? ~0u : 1, writer ? 1 : 2))
		sched_yield();
	if (AnnotateRWLockAcquired)
		AnnotateRWLockAcquired(__FILE__, __LINE__, lock, writer);
}

static inline __attribute__((always_inline)) void unlock(struct own_lock *lock, long writer)
{
	if (AnnotateRWLockReleased)
		AnnotateRWLockReleased(__FILE__, __LINE__, lock, writer);
	__atomic_fetch_sub(&lock->state, writer ? 1 : 2, __ATOMIC_RELEASE);
}

static void *one(void *argument)
{
	lock(&a, 1);
	lock(&b, 0); /* @first */
	unlock(&b, 0);
	unlock(&a, 1);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	lock(&b, 1);
	lock(&a, 0); /* @second */
	unlock(&a, 0);
	unlock(&b, 1);
	return argument;
}

int main(void)
{
	if (AnnotateRWLockCreate)
		AnnotateRWLockCreate(__FILE__, __LINE__, &a);
	run_two(one, two);
	if (AnnotateRWLockDestroy)
		AnnotateRWLockDestroy(__FILE__, __LINE__, &a);
	return 0;
}
