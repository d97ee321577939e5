/*
 * The end of memory is the end of the locks in it: free, realloc, munmap, and what is mapped over
 * it. C++ ends its mutexes with nothing else, and operator delete calls free.
 *
 * A program that brings its own allocator in its executable is not seen here: its own free comes
 * first.
 */
/* mmap and mmap64 are two functions here. */
#undef _FILE_OFFSET_BITS
#include "identity.h"
#include "locks.h"

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/shm.h>

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

/* Not the usual case: an unknown allocator, a long block, or one with locks nearby. */
static __attribute__((noinline)) void free_otherwise(void *block)
{
	if (unlikely(!real_free)) {
		free_first(block);
		return;
	}
	if (block)
		end_locks_in(block, usable_size(block));
	real_free(block);
}

/* As short as it can be: no register survives a call, and every way out is a tail call. */
void free(void *block)
{
	if (likely(glibc_blocks && block) &&
	    likely(((const size_t *)block)[-1] < 1 << LOCK_BLOCK_SHIFT) &&
	    likely(!locks_maybe_near(block))) {
		real_free(block);
		return;
	}
	free_otherwise(block);
}

INTERPOSE(realloc)
void *realloc(void *block, size_t size)
{
	size_t before = 0;
	void *moved;

	if (block)
		before = usable_size(block);
	/* It shrinks, or moves: what lies beyond goes in any case. */
	if (before > size)
		end_locks_in((char *)block + size, before - size);
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
	end_locks_in(address, size);
	return REAL(munmap)(address, size);
}

/* A mapping that moves takes its locks along as little as realloc does. */
INTERPOSE(mremap)
void *mremap(void *address, size_t before, size_t size, int flags, ...)
{
	void *place = NULL, *moved;
	va_list list;

	va_start(list, flags);
	if (flags & MREMAP_FIXED)
		place = va_arg(list, void *);
	va_end(list);
	if (place)
		end_locks_in(place, size);
	moved = REAL(mremap)(address, before, size, flags, place);
	if (moved == MAP_FAILED)
		return moved;
	if (moved != address)
		end_locks_in(address, before);
	else if (size < before)
		end_locks_in((char *)address + size, before - size);
	return moved;
}

INTERPOSE(shmat)
void *shmat(int segment, const void *address, int flags)
{
	void *place = REAL(shmat)(segment, address, flags);

	identity_shared_memory = true;
	return place;
}

INTERPOSE(shmdt)
int shmdt(const void *address)
{
	if (current_thread && !current_thread->busy) {
		struct slow slow;

		slow_begin(&slow, current_thread);
		locks_end_range((uintptr_t)address, identity_mapping_end((uintptr_t)address));
		slow_end(&slow);
	}
	return REAL(shmdt)(address);
}

/* Only a mapping at a fixed place can take the place of another. */
static inline void before_map(const void *address, size_t size, int flags)
{
	if (unlikely(flags & MAP_FIXED))
		end_locks_in(address, size);
	if ((flags & MAP_TYPE) != MAP_PRIVATE)
		identity_shared_memory = true;
}

INTERPOSE(mmap)
void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
	before_map(address, size, flags);
	return REAL(mmap)(address, size, protection, flags, fd, offset);
}

INTERPOSE(mmap64)
void *mmap64(void *address, size_t size, int protection, int flags, int fd, off64_t offset)
{
	before_map(address, size, flags);
	return REAL(mmap64)(address, size, protection, flags, fd, offset);
}
