/*
 * Tells Gordian about locks that it cannot see: those a program builds itself, from atomics or
 * futexes. Locks of the C library, of C++, of GLib are seen without any of this.
 *
 *	void my_lock(struct my_lock *lock)
 *	{
 *		GORDIAN_ACQUIRE(lock, GORDIAN_EXCLUSIVE);
 *		while (__atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE))
 *			pause();
 *		GORDIAN_ACQUIRED(lock, GORDIAN_EXCLUSIVE);
 *	}
 *
 *	void my_unlock(struct my_lock *lock)
 *	{
 *		GORDIAN_RELEASE(lock);
 *		__atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
 *	}
 *
 * Nothing has to be linked. While libgordian.so is not loaded an annotation is a load and a branch
 * that is not taken: its function is weak and undefined, in a static program as well. With
 * GORDIAN_NO_ANNOTATIONS defined it is nothing at all; its arguments are then not evaluated.
 *
 * A lock is known by its address, of whatever type and alignment. It may be the address of another
 * lock, as when a class's first member is a mutex: an annotated lock is a lock of its own. Freeing
 * its memory ends it.
 *
 * For C and C++ with GCC or Clang. Every annotation may be used in any thread, with any locks held,
 * in signal handlers, before main, and keeps errno.
 */
#ifndef GORDIAN_ANNOTATE_H
#define GORDIAN_ANNOTATE_H

/* How a lock is acquired: bits. */
#define GORDIAN_EXCLUSIVE 0u /* nobody else has it meanwhile */
#define GORDIAN_SHARED 1u    /* other readers may have it too */
#define GORDIAN_TRY 2u	     /* the attempt does not wait when it is taken */
#define GORDIAN_TIMED 4u     /* waiting ends after a time */

/*
 * A lock begins to exist here. Not needed for a lock that is used from its first moment on: then it
 * begins with its first acquisition. Where there was one at that address, that one has ended.
 */
#define GORDIAN_CREATED(lock) GORDIAN_CALL_(gordian_created, ((lock)))

/* The lock is gone: what is annotated at this address later is another lock. */
#define GORDIAN_DESTROYED(lock) GORDIAN_CALL_(gordian_destroyed, ((lock)))

/*
 * The thread is about to acquire the lock and waits if it has to. Optional: it lets others see what
 * the thread waits for. Not for GORDIAN_TRY.
 */
#define GORDIAN_ACQUIRE(lock, how) GORDIAN_CALL_(gordian_acquire, ((lock), (how)))

/*
 * The lock turned out to be taken, and the thread starts to wait for it: from here to
 * GORDIAN_ACQUIRED it is counted as contended, and timed. Optional.
 */
#define GORDIAN_WAIT(lock, how) GORDIAN_CALL_(gordian_wait, ((lock), (how)))

/* It is not going to have the lock: the time was up, or it was refused. Ends the two above. */
#define GORDIAN_NOT_ACQUIRED(lock) GORDIAN_CALL_(gordian_not_acquired, ((lock)))

/*
 * The thread has the lock now. `how` says how it was asked for: with GORDIAN_TRY it is held, but
 * never was a request. A thread may have it more than once, and then releases it as often.
 */
#define GORDIAN_ACQUIRED(lock, how) GORDIAN_CALL_(gordian_acquired, ((lock), (how)))

/*
 * The thread gives the lock back. To be said *before* it does: afterwards the lock may be somebody
 * else's, or gone. Locks need not be released in reverse order.
 */
#define GORDIAN_RELEASE(lock) GORDIAN_CALL_(gordian_release, ((lock)))

/*
 * What reports call this lock: a string, copied. For any lock, also for one of the C library. The
 * name ends with the lock; a later name replaces it. To be given after GORDIAN_CREATED, or after
 * the lock's own init function.
 */
#define GORDIAN_NAME(lock, name) GORDIAN_CALL_(gordian_name, ((lock), (name)))

/*
 * The lock's order class: locks of the same class are equals. The class's name stands in
 * fingerprints, in place of where the lock was created, so it should be the same in every run; and
 * in reports for locks without a name. Any lock, and when: as GORDIAN_NAME.
 *
 * `level` is the class's place in the program's own order, an int: a thread that holds a lock of
 * one level takes only locks of higher levels. Gordian does not report what merely breaks that
 * rule, because an order that no thread contradicts cannot deadlock. Of a cycle it says which
 * thread breaks the rule, and so, most likely, where to mend it.
 */
#define GORDIAN_ORDER_CLASS(lock, name, level) \
	GORDIAN_CALL_(gordian_order_class, ((lock), (name), (level)))

/*
 * Between these two, acquisitions of the calling thread, of any lock, take part in no finding about
 * order. The locks are still held, so they may guard what is done after. Regions nest. The report
 * counts the acquisitions that were left out. For code that is known to be right for a reason that
 * a recording cannot show; to be kept short.
 */
#define GORDIAN_IGNORE_BEGIN() GORDIAN_CALL_(gordian_ignore_begin, ())
#define GORDIAN_IGNORE_END() GORDIAN_CALL_(gordian_ignore_end, ())

/*
 * What a thread did before HAPPENS_BEFORE(object) comes before whatever a thread does after a later
 * HAPPENS_AFTER(object): the program itself sees to that (a hand-over through an atomic, a queue
 * without locks). `object` is any address that both know. Recorded in the trace; the search for
 * cycles does not make use of it yet.
 */
#define GORDIAN_HAPPENS_BEFORE(object) GORDIAN_CALL_(gordian_happens_before, ((object)))
#define GORDIAN_HAPPENS_AFTER(object) GORDIAN_CALL_(gordian_happens_after, ((object)))

/* The functions, defined by libgordian.so. To be called through the above only. */
#define GORDIAN_WEAK_ __attribute__((weak, visibility("default")))
#ifdef __cplusplus
extern "C" {
#endif
GORDIAN_WEAK_ extern void gordian_created(const volatile void *lock);
GORDIAN_WEAK_ extern void gordian_destroyed(const volatile void *lock);
GORDIAN_WEAK_ extern void gordian_acquire(const volatile void *lock, unsigned how);
GORDIAN_WEAK_ extern void gordian_wait(const volatile void *lock, unsigned how);
GORDIAN_WEAK_ extern void gordian_not_acquired(const volatile void *lock);
GORDIAN_WEAK_ extern void gordian_acquired(const volatile void *lock, unsigned how);
GORDIAN_WEAK_ extern void gordian_release(const volatile void *lock);
GORDIAN_WEAK_ extern void gordian_name(const volatile void *lock, const char *name);
GORDIAN_WEAK_ extern void gordian_order_class(const volatile void *lock, const char *name,
					      int level);
GORDIAN_WEAK_ extern void gordian_ignore_begin(void);
GORDIAN_WEAK_ extern void gordian_ignore_end(void);
GORDIAN_WEAK_ extern void gordian_happens_before(const volatile void *object);
GORDIAN_WEAK_ extern void gordian_happens_after(const volatile void *object);
#ifdef __cplusplus
}
#endif

/*
 * A linker gives a weak undefined function the address 0 for good in a program that is not
 * position-independent, unless its address is only ever taken from the global offset table.
 */
#if defined(GORDIAN_NO_ANNOTATIONS)
#define GORDIAN_FUNCTION_(name) ((__typeof__(&name))0)
#elif defined(__x86_64__) && !defined(__ILP32__) && !defined(__PIC__)
#define GORDIAN_FUNCTION_(name) \
	__extension__({ \
		__typeof__(&name) gordian_address_; \
		__asm__(".weak " #name "\n\tmovq " #name "@GOTPCREL(%%rip), %0" \
			: "=r"(gordian_address_)); \
		gordian_address_; \
	})
#else
#define GORDIAN_FUNCTION_(name) (&name)
#endif

/* The empty asm keeps the call from becoming a jump, which would hide the place it is made from. */
#define GORDIAN_CALL_(name, arguments) \
	do { \
		__typeof__(&name) gordian_function_ = GORDIAN_FUNCTION_(name); \
		if (__builtin_expect(gordian_function_ != 0, 0)) { \
			gordian_function_ arguments; \
			__asm__ volatile(""); \
		} \
	} while (0)

#endif
