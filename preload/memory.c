/*
 * The end of memory is the end of the locks in it: free, realloc, munmap, and what is mapped over
 * it. C++ ends its mutexes with nothing else, and operator delete calls free.
 *
 * A program that brings its own allocator in its executable is not seen here: its own free comes
 * first.
 */
/* mmap and mmap64 are two functions here. */
#undef _FILE_OFFSET_BITS
#include "families.h"
#include "identity.h"
#include "lock_misuse.h"
#include "locks.h"
#include "tree.h"

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
	/*
	 * No lock is known before the recording, and the allocator may not be ready: a runtime that
	 * looks up functions while it starts has the messages of dlerror freed.
	 */
	if (recorder_state != RECORDER_ON)
		return 0;
	if (unlikely(!real_usable_size))
		real_usable_size =
			(__typeof__(malloc_usable_size) *)real_lookup("malloc_usable_size", NULL);
	return real_usable_size ? real_usable_size(block) : 0;
}

/* Something that ends memory. */
struct ending {
	uint16_t act; /* enum trace_act; 0: nothing can be read there any more */
	const void *site, *frame;
	struct thread *self;
	const void *own;      /* a lock in it that the thread itself holds */
	struct misuse misuse; /* where a held lock is not to be noted before the end is certain */
	bool wait;
};

/* The end of a lock that somebody holds; only as far as its memory and a held stack agree. */
static void check_held(struct ending *ending, const struct lock *lock)
{
	const void *address = (const void *)(uintptr_t)lock->address;
	struct misuse misuse = {
		.rule = TRACE_MISUSE_free_locked,
		.act = ending->act,
		.kind = lock->kind,
		.lock = address,
		.site = ending->site,
		.frame = ending->frame,
	};
	struct party party;
	int holder;

	/* Of what was made inaccessible nothing is known. */
	if (ending->act == TRACE_ACT_munmap && !sys_readable(address))
		return;
	if (!lock_looks_held(lock_op(lock), address, &holder) ||
	    !party_holding(address, holder, NULL, &party))
		return;
	if (party.tid == ending->self->tid)
		ending->own = address;
	/* What processes share lives on elsewhere. */
	if (ending->act == TRACE_ACT_munmap &&
	    lock_flags(lock_op(lock), address) & TRACE_LOCK_SHARED)
		return;
	misuse_blame(&misuse, &party);
	if (ending->wait)
		ending->misuse = misuse;
	else
		misuse_record(ending->self, &misuse);
}

static void end_one(struct lock *lock, void *context)
{
	const void *address = (const void *)(uintptr_t)lock->address;
	struct ending *ending = context;

	if (ending->self && ending->act)
		check_held(ending, lock);
	/* A semaphore's memory does not say who has its unit. */
	if (ending->self && ending->act == TRACE_ACT_free && lock->kind == TRACE_LOCK_semaphore &&
	    tree_holds(ending->self, address))
		ending->own = address;
	if (!ending->wait)
		locks_destroy(address);
}

/* There are locks in [start, start + size), as far as the filter can tell: their lives end. */
static __attribute__((noinline)) void end_locks(const void *start, size_t size,
						struct ending *ending)
{
	struct thread *self = current_thread;
	struct slow slow;

	if (recorder_state != RECORDER_ON || (self && self->busy))
		return;
	ending->self = self;
	slow_begin(&slow, self);
	locks_each_in((uintptr_t)start, (uintptr_t)start + size, end_one, ending);
	slow_end(&slow);
	/* Nobody holds what is no more. */
	if (ending->own && !ending->wait)
		tree_release(self, ending->own);
}

static __attribute__((noinline)) void end_by(const void *start, size_t size, uint16_t act,
					     const void *site)
{
	struct ending ending = {.act = act, .site = site, .frame = CALL_FRAME};

	end_locks(start, size, &ending);
}

/* The act is a call of the function that this is expanded in; 0: it is over already. */
#define END_LOCKS_IN(start, size, act) \
	do { \
		if (unlikely(locks_maybe_in((uintptr_t)(start), size))) \
			end_by(start, size, act, CALL_SITE); \
	} while (0)

INTERPOSE(free)
/* Only where blocks have no tags in their addresses. */
static __attribute__((constructor)) void know_allocator(void)
{
#if defined(__x86_64__)
	glibc_blocks = real_same_object((void *)(uintptr_t)resolve_free(),
					(void *)(uintptr_t)&gnu_get_libc_version);
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

/* Not the usual case: an unknown allocator, a long block, or one with locks nearby. Reached by a
 * tail call, so its caller is free's. */
static __attribute__((noinline)) void free_otherwise(void *block)
{
	if (unlikely(!real_free)) {
		free_first(block);
		return;
	}
	if (block)
		END_LOCKS_IN(block, usable_size(block), TRACE_ACT_free);
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
/* There may be locks in it. Reached by a tail call. */
static __attribute__((noinline)) void *realloc_with_locks(void *block, size_t before, size_t size)
{
	struct ending ending = {
		.act = TRACE_ACT_realloc,
		.site = CALL_SITE,
		.frame = CALL_FRAME,
		.wait = true,
	};
	void *moved;

	/* It shrinks, or moves: what lies beyond goes in any case. */
	if (before > size)
		END_LOCKS_IN((char *)block + size, before - size, TRACE_ACT_realloc);
	end_locks(block, before, &ending);
	moved = REAL(realloc)(block, size);
	/* By address alone: what was there may be somebody's again already, and begins a new life.
	 */
	if ((uintptr_t)moved == (uintptr_t)block || (!moved && size))
		return moved;
	if (ending.misuse.rule)
		misuse_note(ending.self, &ending.misuse);
	END_LOCKS_IN(block, before, 0);
	if (ending.own)
		tree_release(ending.self, ending.own);
	return moved;
}

void *realloc(void *block, size_t size)
{
	size_t before = block ? usable_size(block) : 0;

	if (before && unlikely(locks_maybe_in((uintptr_t)block, before)))
		return realloc_with_locks(block, before, size);
	return REAL(realloc)(block, size);
}

INTERPOSE(munmap)
int munmap(void *address, size_t size)
{
	END_LOCKS_IN(address, size, TRACE_ACT_munmap);
	return REAL(munmap)(address, size);
}

/* A mapping that moves takes its locks along as little as realloc does. */
INTERPOSE(mremap)
void *mremap(void *address, size_t before, size_t size, int flags, ...)
{
	void *place = NULL, *moved;
	va_list list;

	va_start(list, flags);
	if (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		place = va_arg(list, void *);
	va_end(list);
	if (flags & MREMAP_FIXED)
		END_LOCKS_IN(place, size, 0);
	moved = REAL(mremap)(address, before, size, flags, place);
	if (moved == MAP_FAILED)
		return moved;
	if (moved != address)
		END_LOCKS_IN(address, before, 0);
	else if (size < before)
		END_LOCKS_IN((char *)address + size, before - size, 0);
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
		END_LOCKS_IN(address, size, 0);
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
