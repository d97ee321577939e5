/*
 * The end of memory is the end of the locks in it: free, realloc, munmap. C++ ends its mutexes with
 * nothing else, and operator delete calls free.
 *
 * A program that brings its own allocator in its executable is not seen here: its own free comes
 * first.
 */
#include "locks.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

static __typeof__(malloc_usable_size) *real_usable_size;
/* The next free is glibc's: the size of a block stands in the word before it (malloc.c, since 2.0).
 */
static bool glibc_blocks;

static inline __attribute__((always_inline)) size_t usable_size(void *block)
{
	if (likely(glibc_blocks))
		return (((const size_t *)block)[-1] & ~(size_t)7) - sizeof(size_t);
	if (unlikely(!real_usable_size))
		real_usable_size =
			(__typeof__(malloc_usable_size) *)real_lookup("malloc_usable_size", NULL);
	return real_usable_size ? real_usable_size(block) : 0;
}

/* There are locks in [start, start + size), as far as the filter can tell: their lives end. */
static __attribute__((noinline)) void end_locks(const void *start, size_t size)
{
	struct thread *self = current_thread;
	struct slow slow;

	if (recorder_state != RECORDER_ON || (self && self->busy))
		return;
	slow_begin(&slow, self);
	locks_end_range((uintptr_t)start, (uintptr_t)start + size);
	slow_end(&slow);
}

static inline void end_locks_in(const void *start, size_t size)
{
	if (unlikely(locks_maybe_in((uintptr_t)start, size)))
		end_locks(start, size);
}

INTERPOSE(free)
/* Only where blocks have no tags in their addresses. */
static __attribute__((constructor)) void know_allocator(void)
{
#if defined(__x86_64__)
	Dl_info ours, libc;

	glibc_blocks = dladdr((void *)(uintptr_t)resolve_free(), &ours) &&
		       dladdr((void *)(uintptr_t)&gnu_get_libc_version, &libc) &&
		       ours.dli_fbase == libc.dli_fbase;
#endif
}

static __attribute__((noinline)) void free_first(void *block)
{
	static bool resolving;

	/* The look-up may free an old error message: that block is lost. */
	if (resolving)
		return;
	resolving = true;
	resolve_free();
	resolving = false;
	real_free(block);
}

static __attribute__((noinline)) void free_with_locks(void *block, size_t size)
{
	end_locks(block, size);
	real_free(block);
}

/* As short as it can be: the unusual cases are tail calls. */
void free(void *block)
{
	if (unlikely(!real_free)) {
		free_first(block);
		return;
	}
	if (locks_outside_modules && block) {
		size_t size = usable_size(block);

		if (unlikely(locks_maybe_in((uintptr_t)block, size))) {
			free_with_locks(block, size);
			return;
		}
	}
	real_free(block);
}

INTERPOSE(realloc)
void *realloc(void *block, size_t size)
{
	size_t before = 0;
	void *moved;

	if (unlikely(locks_outside_modules) && block)
		before = usable_size(block);
	moved = REAL(realloc)(block, size);
	/* By address alone: what was there may be somebody's again already, and begins a new life.
	 */
	if (before && (uintptr_t)moved != (uintptr_t)block && (moved || !size))
		end_locks_in(block, before);
	return moved;
}

INTERPOSE(munmap)
int munmap(void *address, size_t size)
{
	if (unlikely(locks_outside_modules))
		end_locks_in(address, size);
	return REAL(munmap)(address, size);
}
