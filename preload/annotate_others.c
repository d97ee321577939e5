/*
 * The annotations of other tools, honoured where a program has them: the dynamic annotations that
 * Valgrind's and ThreadSanitizer's users know, and ThreadSanitizer's own for custom locks. Where
 * somebody behind us in the search order defines such a function as well, say the ThreadSanitizer
 * runtime itself, it is called too.
 *
 * A definition in the executable goes before ours, and calls to it do not come here.
 *
 * Sources: dynamic_annotations.h (Google), sanitizer/tsan_interface.h (LLVM). That the recorder
 * defines these functions makes no program believe that it runs under such a tool: programs ask
 * other functions, or their compiler.
 */
#include "annotations.h"
#include "real.h"

#include <stdbool.h>

/* The flags of __tsan_mutex_*. */
enum {
	TSAN_READ_LOCK = 1 << 3,
	TSAN_TRY_LOCK = 1 << 4,
	TSAN_TRY_LOCK_FAILED = 1 << 5,
};

#define HERE __builtin_return_address(0), __builtin_frame_address(0)

/*
 * Stands in front of a definition, like INTERPOSE; but nobody may have defined the function, and
 * then that is remembered. Calls the next definition with the arguments given.
 */
#define INTERPOSE_IF_ANY(type, name, parameters, arguments) \
	type name parameters __attribute__((visibility("default"))); \
	static type next_##name parameters \
	{ \
		static __typeof__(name) *next; \
		static bool known; \
		if (unlikely(!__atomic_load_n(&known, __ATOMIC_ACQUIRE))) { \
			next = (__typeof__(name) *)real_lookup(#name, 0); \
			__atomic_store_n(&known, true, __ATOMIC_RELEASE); \
		} \
		return next ? next arguments : (type)0; \
	}

INTERPOSE_IF_ANY(void, AnnotateRWLockCreate,
		 (const char *file, int line, const volatile void *lock), (file, line, lock))
void AnnotateRWLockCreate(const char *file, int line, const volatile void *lock)
{
	annotation_created(lock, HERE);
	next_AnnotateRWLockCreate(file, line, lock);
}

INTERPOSE_IF_ANY(void, AnnotateRWLockCreateStatic,
		 (const char *file, int line, const volatile void *lock), (file, line, lock))
void AnnotateRWLockCreateStatic(const char *file, int line, const volatile void *lock)
{
	annotation_created(lock, HERE);
	next_AnnotateRWLockCreateStatic(file, line, lock);
}

INTERPOSE_IF_ANY(void, AnnotateRWLockDestroy,
		 (const char *file, int line, const volatile void *lock), (file, line, lock))
void AnnotateRWLockDestroy(const char *file, int line, const volatile void *lock)
{
	annotation_destroyed(lock);
	next_AnnotateRWLockDestroy(file, line, lock);
}

INTERPOSE_IF_ANY(void, AnnotateRWLockAcquired,
		 (const char *file, int line, const volatile void *lock, long writer),
		 (file, line, lock, writer))
void AnnotateRWLockAcquired(const char *file, int line, const volatile void *lock, long writer)
{
	annotation_acquired(lock, writer ? GORDIAN_EXCLUSIVE : GORDIAN_SHARED, HERE);
	next_AnnotateRWLockAcquired(file, line, lock, writer);
}

INTERPOSE_IF_ANY(void, AnnotateRWLockReleased,
		 (const char *file, int line, const volatile void *lock, long writer),
		 (file, line, lock, writer))
void AnnotateRWLockReleased(const char *file, int line, const volatile void *lock, long writer)
{
	annotation_release(lock);
	next_AnnotateRWLockReleased(file, line, lock, writer);
}

INTERPOSE_IF_ANY(void, AnnotateHappensBefore,
		 (const char *file, int line, const volatile void *object), (file, line, object))
void AnnotateHappensBefore(const char *file, int line, const volatile void *object)
{
	annotation_sync(object, false, HERE);
	next_AnnotateHappensBefore(file, line, object);
}

INTERPOSE_IF_ANY(void, AnnotateHappensAfter,
		 (const char *file, int line, const volatile void *object), (file, line, object))
void AnnotateHappensAfter(const char *file, int line, const volatile void *object)
{
	annotation_sync(object, true, HERE);
	next_AnnotateHappensAfter(file, line, object);
}

INTERPOSE_IF_ANY(void, __tsan_mutex_create, (void *lock, unsigned flags), (lock, flags))
void __tsan_mutex_create(void *lock, unsigned flags)
{
	annotation_created(lock, HERE);
	next___tsan_mutex_create(lock, flags);
}

INTERPOSE_IF_ANY(void, __tsan_mutex_destroy, (void *lock, unsigned flags), (lock, flags))
void __tsan_mutex_destroy(void *lock, unsigned flags)
{
	annotation_destroyed(lock);
	next___tsan_mutex_destroy(lock, flags);
}

INTERPOSE_IF_ANY(void, __tsan_mutex_pre_lock, (void *lock, unsigned flags), (lock, flags))
void __tsan_mutex_pre_lock(void *lock, unsigned flags)
{
	if (!(flags & TSAN_TRY_LOCK))
		annotation_acquire(lock);
	next___tsan_mutex_pre_lock(lock, flags);
}

INTERPOSE_IF_ANY(void, __tsan_mutex_post_lock, (void *lock, unsigned flags, int recursion),
		 (lock, flags, recursion))
void __tsan_mutex_post_lock(void *lock, unsigned flags, int recursion)
{
	unsigned how = flags & TSAN_READ_LOCK ? GORDIAN_SHARED : GORDIAN_EXCLUSIVE;

	if (flags & TSAN_TRY_LOCK)
		how |= GORDIAN_TRY;
	if (!(flags & TSAN_TRY_LOCK_FAILED))
		annotation_acquired(lock, how, HERE);
	next___tsan_mutex_post_lock(lock, flags, recursion);
}

/* How often it was released: a recursive unlock alone gives more than 0, and the runtime knows. */
INTERPOSE_IF_ANY(int, __tsan_mutex_pre_unlock, (void *lock, unsigned flags), (lock, flags))
int __tsan_mutex_pre_unlock(void *lock, unsigned flags)
{
	annotation_release(lock);
	return next___tsan_mutex_pre_unlock(lock, flags);
}

INTERPOSE_IF_ANY(void, __tsan_mutex_post_unlock, (void *lock, unsigned flags), (lock, flags))
void __tsan_mutex_post_unlock(void *lock, unsigned flags)
{
	next___tsan_mutex_post_unlock(lock, flags);
}
