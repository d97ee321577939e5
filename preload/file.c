/*
 * Locks on files: flock, lockf, fcntl; and the calls that close descriptors, because that ends such
 * locks. What becomes of them: file_locks.h. Where the kernel refuses a record lock because it sees
 * a deadlock (EDEADLK), the call was a request all the same.
 *
 * The kernel tells nobody whether a call had to wait: one that took long is taken to have waited.
 */
/* fcntl and fcntl64 are two functions here, with one struct flock on 64-bit machines. */
#undef _FILE_OFFSET_BITS
#include "acquire.h"
#include "cancel.h"
#include "file_locks.h"
#include "system.h"
#include "unwound.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LONG_WAIT_TICKS = 1 << 18 }; /* about 0.1 ms: longer than the call itself takes */

static const struct file_range whole_file = {FILE_FLOCK, 0, UINT64_MAX};

/* An acquisition to be made, and recorded. */
struct file_call {
	struct thread *self;
	struct file_lock *lock; /* NULL: only to be made */
	struct acquire acquire;
	uint64_t begun, waited;
	struct outer_wait outer;
	int fd;
	bool shared;
};

static struct file_call call_begin(int fd, const struct file_range *range, uint16_t op, bool shared,
				   const void *site, const void *frame)
{
	struct file_call call = {.self = thread_self(), .fd = fd, .shared = shared};

	if (call.self)
		call.lock = file_lock_find(call.self, fd, range);
	if (call.lock && !file_lock_ask(call.self, call.lock, shared))
		call.lock = NULL;
	if (!call.lock)
		return call;
	cancel_note(call.self);
	call.acquire = (struct acquire){call.lock, site, frame, op};
	wait_enter(call.self, frame, &call.outer);
	call.begun = wait_begin(call.self, &call.acquire);
	return call;
}

/* Also when it was cancelled. */
static void call_over(void *argument)
{
	struct file_call *call = argument;

	if (!call->lock)
		return;
	call->waited = wait_end(call->self, call->begun);
	wait_leave(call->self, &call->outer);
}

static int call_end(const struct file_call *call, int result)
{
	uint64_t waited = call->waited < LONG_WAIT_TICKS ? 0 : call->waited;

	if (call->lock && result == 0 &&
	    file_lock_take(call->self, call->lock, call->fd, call->shared))
		tree_acquire(call->self, &call->acquire, waited);
	return result;
}

/* Makes the real call, which is a point of cancellation; in a function that is not inlined. */
#define CALL(call_, real_call) \
	do { \
		struct unwound cleanup; \
		int result; \
		UNWOUND_BEGIN(&cleanup, call_over, call_); \
		result = real_call; \
		unwound_end(&cleanup); \
		return call_end(call_, result); \
	} while (0)

INTERPOSE(flock)
int flock(int fd, int operation)
{
	static const uint16_t ops[] = {TRACE_OP_flock, TRACE_OP_flock_shared, TRACE_OP_flock_try,
				       TRACE_OP_flock_try_shared};
	bool shared = (operation & ~LOCK_NB) == LOCK_SH;
	struct file_call call;

	if (operation & LOCK_UN) {
		struct thread *self = thread_self();

		if (self)
			file_locks_release(self, fd, &whole_file);
		return REAL(flock)(fd, operation);
	}
	call = call_begin(fd, &whole_file, ops[(operation & LOCK_NB ? 2 : 0) + shared], shared,
			  CALL_SITE, CALL_FRAME);
	CALL(&call, REAL(flock)(fd, operation));
}

/* Where a range begins that is counted from `whence`; negative: not known. */
static int64_t origin(int fd, int whence)
{
	struct stat file;

	if (whence == SEEK_SET)
		return 0;
	if (whence == SEEK_CUR)
		return sys_offset(fd);
	return sys_fstat(fd, &file) == 0 ? file.st_size : -1;
}

/* POSIX, fcntl: a length of 0 reaches to the end of all files, a negative one backwards. */
static bool range_of(int fd, const struct flock *flock, enum file_class class,
		     struct file_range *range)
{
	int64_t from = origin(fd, flock->l_whence), first = from + flock->l_start;
	int64_t length = flock->l_len;

	if (from < 0)
		return false;
	if (length < 0)
		first += length;
	if (first < 0)
		return false;
	range->class = class;
	range->first = (uint64_t)first;
	range->last = (uint64_t)first + (uint64_t)(length < 0 ? -length : length) - 1;
	if (length == 0)
		range->last = INT64_MAX;
	return true;
}

/* What a lock command of fcntl is; `lock` false: another command. */
struct record_command {
	bool lock, waits;
	enum file_class class;
};

static inline struct record_command command_of(int command)
{
	switch (command) {
	case F_SETLK:
		return (struct record_command){true, false, FILE_RECORD};
	case F_SETLKW:
		return (struct record_command){true, true, FILE_RECORD};
	case F_OFD_SETLK:
		return (struct record_command){true, false, FILE_OPEN};
	case F_OFD_SETLKW:
		return (struct record_command){true, true, FILE_OPEN};
	default:
		return (struct record_command){.lock = false};
	}
}

typedef int fcntl_function(int fd, int command, ...);

static __attribute__((noinline)) int lock_records(fcntl_function *real, int fd, int command,
						  struct flock *flock, const void *site,
						  const void *frame)
{
	static const uint16_t ops[] = {TRACE_OP_fcntl_lock, TRACE_OP_fcntl_lock_shared,
				       TRACE_OP_fcntl_try, TRACE_OP_fcntl_try_shared};
	struct record_command what = command_of(command);
	struct thread *self = thread_self();
	struct file_range range;
	struct file_call call;
	bool shared;

	if (!self || !sys_readable(flock) || !range_of(fd, flock, what.class, &range))
		return real(fd, command, flock);
	if (flock->l_type == F_UNLCK) {
		file_locks_release(self, fd, &range);
		return real(fd, command, flock);
	}
	shared = flock->l_type == F_RDLCK;
	call = call_begin(fd, &range, ops[(what.waits ? 0 : 2) + shared], shared, site, frame);
	CALL(&call, real(fd, command, flock));
}

static int duplicated(int from, int result)
{
	if (result >= 0)
		open_files_duplicate(from, result);
	return result;
}

/* Variadic as the C library's: it always hands on one argument that may be a pointer. */
#define FCNTL(real, fd, command) \
	do { \
		void *argument; \
		va_list list; \
		va_start(list, command); \
		argument = va_arg(list, void *); \
		va_end(list); \
		if (unlikely(command_of(command).lock) && sizeof(long) == 8) \
			return lock_records(&real, fd, command, argument, CALL_SITE, CALL_FRAME); \
		if (unlikely(command == F_DUPFD || command == F_DUPFD_CLOEXEC)) \
			return duplicated(fd, real(fd, command, argument)); \
		return real(fd, command, argument); \
	} while (0)

INTERPOSE(fcntl)
int fcntl(int fd, int command, ...)
{
	FCNTL(REAL(fcntl), fd, command);
}

INTERPOSE(fcntl64)
int fcntl64(int fd, int command, ...)
{
	FCNTL(REAL(fcntl64), fd, command);
}

/* Its name in some old programs. */
int __fcntl(int fd, int command, ...);

EXPORT(__fcntl)
int __fcntl(int fd, int command, ...)
{
	FCNTL(REAL(fcntl), fd, command);
}

static __attribute__((noinline)) int lock_file(__typeof__(lockf64) *real, int fd, int command,
					       off64_t length, const void *site, const void *frame)
{
	const struct flock flock = {.l_whence = SEEK_CUR, .l_len = length};
	struct thread *self = thread_self();
	struct file_range range;
	struct file_call call;

	if (!self || command == F_TEST || !range_of(fd, &flock, FILE_RECORD, &range))
		return real(fd, command, length);
	if (command == F_ULOCK) {
		file_locks_release(self, fd, &range);
		return real(fd, command, length);
	}
	call = call_begin(fd, &range, command == F_TLOCK ? TRACE_OP_lockf_try : TRACE_OP_lockf,
			  false, site, frame);
	CALL(&call, real(fd, command, length));
}

INTERPOSE(lockf64)
int lockf64(int fd, int command, off64_t length)
{
	return lock_file(&REAL(lockf64), fd, command, length, CALL_SITE, CALL_FRAME);
}

EXPORT(lockf)
int lockf(int fd, int command, off_t length)
{
	return lock_file(&REAL(lockf64), fd, command, length, CALL_SITE, CALL_FRAME);
}

/* The ends of descriptors. */

INTERPOSE(close)
int close(int fd)
{
	file_locks_close((unsigned)fd, (unsigned)fd);
	return REAL(close)(fd);
}

/* What it is made a copy of must be open, or nothing is closed: EBADF. */
static void replacing(int from, int to)
{
	if (from != to && sys_raw(SYS_fcntl, from, F_GETFD, 0, 0, 0, 0) >= 0)
		file_locks_close((unsigned)to, (unsigned)to);
}

INTERPOSE(dup)
int dup(int from)
{
	return duplicated(from, REAL(dup)(from));
}

INTERPOSE(dup2)
int dup2(int from, int to)
{
	replacing(from, to);
	return duplicated(from, REAL(dup2)(from, to));
}

INTERPOSE(dup3)
int dup3(int from, int to, int flags)
{
	replacing(from, to);
	return duplicated(from, REAL(dup3)(from, to, flags));
}

INTERPOSE(close_range)
int close_range(unsigned first, unsigned last, int flags)
{
	/* Else they are only marked. */
	if (!(flags & (int)CLOSE_RANGE_CLOEXEC))
		file_locks_close(first, last);
	return REAL(close_range)(first, last, flags);
}

INTERPOSE(closefrom)
void closefrom(int first)
{
	file_locks_close(first < 0 ? 0 : (unsigned)first, UINT32_MAX);
	REAL(closefrom)(first);
}

INTERPOSE(closedir)
int closedir(DIR *directory)
{
	DIR *given = directory;

	/* It may be NULL, whatever its declaration says: EINVAL. */
	__asm__("" : "+r"(given));
	if (unlikely(file_locks_any()) && given)
		file_locks_close((unsigned)dirfd(directory), (unsigned)dirfd(directory));
	return REAL(closedir)(directory);
}
