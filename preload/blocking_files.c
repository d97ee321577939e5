/*
 * Calls that may block on a file or a disk. Each name the C library has for one is a function of
 * its own: the large-file ones, the checked ones of _FORTIFY_SOURCE, and old aliases.
 */
/* The names without 64 are to be defined as such. */
#undef _FILE_OFFSET_BITS
#include "blocking.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

INTERPOSE(read)
OFTEN ssize_t read(int fd, void *buffer, size_t size)
{
	BLOCKING(read, REAL(read)(fd, buffer, size));
}

ssize_t __read(int fd, void *buffer, size_t size);
INTERPOSE(__read)
ssize_t __read(int fd, void *buffer, size_t size)
{
	BLOCKING(read, REAL(__read)(fd, buffer, size));
}

ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room);
INTERPOSE(__read_chk)
ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room)
{
	BLOCKING(read, REAL(__read_chk)(fd, buffer, size, room));
}

INTERPOSE(readv)
ssize_t readv(int fd, const struct iovec *parts, int count)
{
	BLOCKING(readv, REAL(readv)(fd, parts, count));
}

INTERPOSE(pread)
ssize_t pread(int fd, void *buffer, size_t size, off_t at)
{
	BLOCKING(pread, REAL(pread)(fd, buffer, size, at));
}

INTERPOSE(pread64)
ssize_t pread64(int fd, void *buffer, size_t size, off64_t at)
{
	BLOCKING(pread, REAL(pread64)(fd, buffer, size, at));
}

ssize_t __pread64(int fd, void *buffer, size_t size, off64_t at);
INTERPOSE(__pread64)
ssize_t __pread64(int fd, void *buffer, size_t size, off64_t at)
{
	BLOCKING(pread, REAL(__pread64)(fd, buffer, size, at));
}

ssize_t __pread_chk(int fd, void *buffer, size_t size, off_t at, size_t room);
INTERPOSE(__pread_chk)
ssize_t __pread_chk(int fd, void *buffer, size_t size, off_t at, size_t room)
{
	BLOCKING(pread, REAL(__pread_chk)(fd, buffer, size, at, room));
}

ssize_t __pread64_chk(int fd, void *buffer, size_t size, off64_t at, size_t room);
INTERPOSE(__pread64_chk)
ssize_t __pread64_chk(int fd, void *buffer, size_t size, off64_t at, size_t room)
{
	BLOCKING(pread, REAL(__pread64_chk)(fd, buffer, size, at, room));
}

INTERPOSE(preadv)
ssize_t preadv(int fd, const struct iovec *parts, int count, off_t at)
{
	BLOCKING(preadv, REAL(preadv)(fd, parts, count, at));
}

INTERPOSE(preadv64)
ssize_t preadv64(int fd, const struct iovec *parts, int count, off64_t at)
{
	BLOCKING(preadv, REAL(preadv64)(fd, parts, count, at));
}

INTERPOSE(preadv2)
ssize_t preadv2(int fd, const struct iovec *parts, int count, off_t at, int flags)
{
	BLOCKING(preadv2, REAL(preadv2)(fd, parts, count, at, flags));
}

INTERPOSE(preadv64v2)
ssize_t preadv64v2(int fd, const struct iovec *parts, int count, off64_t at, int flags)
{
	BLOCKING(preadv2, REAL(preadv64v2)(fd, parts, count, at, flags));
}

INTERPOSE(write)
OFTEN ssize_t write(int fd, const void *buffer, size_t size)
{
	BLOCKING(write, REAL(write)(fd, buffer, size));
}

ssize_t __write(int fd, const void *buffer, size_t size);
INTERPOSE(__write)
ssize_t __write(int fd, const void *buffer, size_t size)
{
	BLOCKING(write, REAL(__write)(fd, buffer, size));
}

INTERPOSE(writev)
ssize_t writev(int fd, const struct iovec *parts, int count)
{
	BLOCKING(writev, REAL(writev)(fd, parts, count));
}

INTERPOSE(pwrite)
ssize_t pwrite(int fd, const void *buffer, size_t size, off_t at)
{
	BLOCKING(pwrite, REAL(pwrite)(fd, buffer, size, at));
}

INTERPOSE(pwrite64)
ssize_t pwrite64(int fd, const void *buffer, size_t size, off64_t at)
{
	BLOCKING(pwrite, REAL(pwrite64)(fd, buffer, size, at));
}

ssize_t __pwrite64(int fd, const void *buffer, size_t size, off64_t at);
INTERPOSE(__pwrite64)
ssize_t __pwrite64(int fd, const void *buffer, size_t size, off64_t at)
{
	BLOCKING(pwrite, REAL(__pwrite64)(fd, buffer, size, at));
}

INTERPOSE(pwritev)
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
	BLOCKING(pwritev, REAL(pwritev)(fd, parts, count, at));
}

INTERPOSE(pwritev64)
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at)
{
	BLOCKING(pwritev, REAL(pwritev64)(fd, parts, count, at));
}

INTERPOSE(pwritev2)
ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t at, int flags)
{
	BLOCKING(pwritev2, REAL(pwritev2)(fd, parts, count, at, flags));
}

INTERPOSE(pwritev64v2)
ssize_t pwritev64v2(int fd, const struct iovec *parts, int count, off64_t at, int flags)
{
	BLOCKING(pwritev2, REAL(pwritev64v2)(fd, parts, count, at, flags));
}

INTERPOSE(sendfile)
ssize_t sendfile(int to, int from, off_t *at, size_t size)
{
	BLOCKING(sendfile, REAL(sendfile)(to, from, at, size));
}

INTERPOSE(sendfile64)
ssize_t sendfile64(int to, int from, off64_t *at, size_t size)
{
	BLOCKING(sendfile, REAL(sendfile64)(to, from, at, size));
}

INTERPOSE(splice)
ssize_t splice(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags)
{
	BLOCKING(splice, REAL(splice)(from, from_at, to, to_at, size, flags));
}

INTERPOSE(copy_file_range)
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size,
			unsigned flags)
{
	BLOCKING(copy_file_range, REAL(copy_file_range)(from, from_at, to, to_at, size, flags));
}

INTERPOSE(fsync)
int fsync(int fd)
{
	BLOCKING(fsync, REAL(fsync)(fd));
}

INTERPOSE(fdatasync)
int fdatasync(int fd)
{
	BLOCKING(fdatasync, REAL(fdatasync)(fd));
}

INTERPOSE(syncfs)
int syncfs(int fd)
{
	BLOCKING(syncfs, REAL(syncfs)(fd));
}

INTERPOSE(msync)
int msync(void *address, size_t size, int flags)
{
	BLOCKING(msync, REAL(msync)(address, size, flags));
}

INTERPOSE(sync)
void sync(void)
{
	const struct blocking blocking = blocking_begin(current_thread);

	REAL(sync)();
	blocking_end(&blocking, TRACE_ACT_block_sync, __builtin_return_address(0),
		     __builtin_frame_address(0));
}
