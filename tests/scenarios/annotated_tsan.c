/* The inversion of annotated_abba.c, annotated for ThreadSanitizer, which the program is not built
 * with. */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "annotated.h"

static struct own_lock a, b;

/* As sanitizer/tsan_interface.h declares them, with its flags. */
enum { READ_LOCK = 8, TRY_LOCK = 16, TRY_LOCK_FAILED = 32 };
void __tsan_mutex_pre_lock(void *lock, unsigned flags) __attribute__((weak));
void __tsan_mutex_post_lock(void *lock, unsigned flags, int recursion) __attribute__((weak));
int __tsan_mutex_pre_unlock(void *lock, unsigned flags) __attribute__((weak));
void __tsan_mutex_post_unlock(void *lock, unsigned flags) __attribute__((weak));

static inline __attribute__((always_inline)) bool lock(struct own_lock *lock, unsigned flags)
{
	bool taken;

	if (__tsan_mutex_pre_lock)
		__tsan_mutex_pre_lock(lock, flags);
	while (!(taken = own_take(lock, ~0u, 1)) && !(flags & TRY_LOCK))
		sched_yield();
	if (__tsan_mutex_post_lock)
		__tsan_mutex_post_lock(lock, taken ? flags : flags | TRY_LOCK_FAILED, 0);
	return taken;
}

static inline __attribute__((always_inline)) void unlock(struct own_lock *lock)
{
	if (__tsan_mutex_pre_unlock)
		__tsan_mutex_pre_unlock(lock, 0);
	__atomic_fetch_sub(&lock->state, 1, __ATOMIC_RELEASE);
	if (__tsan_mutex_post_unlock)
		__tsan_mutex_post_unlock(lock, 0);
}

static void *one(void *argument)
{
	lock(&a, 0);
	lock(&b, 0); /* @first */
	unlock(&b);
	unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	lock(&b, 0);
	lock(&a, 0); /* @second */
	unlock(&a);
	unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
