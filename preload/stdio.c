/*
 * The locks of stdio streams, as far as a program takes them itself. What printf and its kin lock
 * while they work is inside of the C library and is not seen.
 *
 * Facts used of glibc (2.2 to 2.41): _lock of a stream points to an int that is 0 while the stream
 * is free, an int that counts how often its owner is inside, and the owner, which is what
 * pthread_self returns there. Whether the count begins with 0 or 1 is learned from the first lock.
 */
/* freopen and freopen64 are two functions here. */
#undef _FILE_OFFSET_BITS
#include "acquire.h"
#include "families.h"
#include "file_locks.h"
#include "lock_misuse.h"

#include <stdio.h>

struct stream_lock {
	int taken;
	int count;
	void *owner;
};

static int first_count = 1;

uint16_t stream_flags(const void *lock)
{
	(void)lock;
	return TRACE_LOCK_RECURSIVE;
}

static inline const struct stream_lock *lock_of(const FILE *stream)
{
	return (const struct stream_lock *)stream->_lock;
}

int stream_owner(const void *lock)
{
	const struct stream_lock *inner = lock_of(lock);

	/* The memory may be used for something else by now. */
	if (!inner || !sys_readable(inner) || !inner->taken)
		return 0;
	return inner->owner == (void *)(uintptr_t)pthread_self() ? sys_gettid() : -1;
}

static struct lock_state stream_look(const void *lock)
{
	return (struct lock_state){lock_of(lock)->taken, 0, 0};
}

static const struct lock_kind stream_kind = {
	.look = stream_look,
	.op = TRACE_OP_flockfile,
	.unlock = TRACE_ACT_funlockfile,
};

/* Whether this thread is inside already. */
static inline bool entered(const FILE *stream)
{
	return !lock_of(stream) || lock_of(stream)->owner == (void *)(uintptr_t)pthread_self();
}

static inline bool entered_first(const FILE *stream)
{
	first_count = lock_of(stream)->count;
	return true;
}

INTERPOSE(flockfile)
static int lock_stream(FILE *stream, const void *site, const void *frame)
{
	if (entered(stream)) {
		REAL(flockfile)(stream);
		return 0;
	}
	ACQUIRE_AT(stream, flockfile, site, frame, lock_of(stream)->taken, entered_first(stream),
		   (REAL(flockfile)(stream), 0));
}

void flockfile(FILE *stream)
{
	lock_stream(stream, CALL_SITE, CALL_FRAME);
}

INTERPOSE(ftrylockfile)
int ftrylockfile(FILE *stream)
{
	bool again = entered(stream);

	TRY(stream, ftrylockfile, result == 0 && !again && entered_first(stream),
	    REAL(ftrylockfile)(stream));
}

INTERPOSE(funlockfile)
static int unlock_stream(FILE *stream, const void *site, const void *frame)
{
	if (unlikely(!entered(stream)))
		lock_check_unlock(&stream_kind, stream, (struct lock_place){site, frame});
	RELEASE(stream, entered(stream) && lock_of(stream)->count == first_count,
		(REAL(funlockfile)(stream), 0));
}

void funlockfile(FILE *stream)
{
	unlock_stream(stream, CALL_SITE, CALL_FRAME);
}

/* Their names in programs built with old headers. */
void _IO_flockfile(FILE *stream);
int _IO_ftrylockfile(FILE *stream);
void _IO_funlockfile(FILE *stream);

EXPORT(_IO_flockfile)
void _IO_flockfile(FILE *stream)
{
	lock_stream(stream, CALL_SITE, CALL_FRAME);
}

EXPORT(_IO_ftrylockfile)
int _IO_ftrylockfile(FILE *stream)
{
	bool again = entered(stream);

	TRY(stream, ftrylockfile, result == 0 && !again && entered_first(stream),
	    REAL(ftrylockfile)(stream));
}

EXPORT(_IO_funlockfile)
void _IO_funlockfile(FILE *stream)
{
	unlock_stream(stream, CALL_SITE, CALL_FRAME);
}

/* The lock ends with the stream, held or not: the next stream may have the same address. */
static __attribute__((noinline)) void stream_ends(FILE *stream)
{
	struct thread *self = current_thread;
	struct slow slow;

	if (!self || self->busy)
		return;
	tree_release(self, stream);
	slow_begin(&slow, self);
	locks_destroy(stream);
	slow_end(&slow);
}

/* The C library closes the descriptor itself. */
static inline void file_ends(const FILE *stream)
{
	if (stream->_fileno >= 0)
		file_locks_close((unsigned)stream->_fileno, (unsigned)stream->_fileno);
}

INTERPOSE(fclose)
int fclose(FILE *stream)
{
	file_ends(stream);
	if (unlikely(locks_maybe_in((uintptr_t)stream, 1)))
		stream_ends(stream);
	return REAL(fclose)(stream);
}

INTERPOSE(pclose)
int pclose(FILE *stream)
{
	file_ends(stream);
	if (unlikely(locks_maybe_in((uintptr_t)stream, 1)))
		stream_ends(stream);
	return REAL(pclose)(stream);
}

INTERPOSE(freopen)
FILE *freopen(const char *path, const char *mode, FILE *stream)
{
	file_ends(stream);
	return REAL(freopen)(path, mode, stream);
}

INTERPOSE(freopen64)
FILE *freopen64(const char *path, const char *mode, FILE *stream)
{
	file_ends(stream);
	return REAL(freopen64)(path, mode, stream);
}
