/*
 * What scenarios with file locks share: files in the working directory, and two processes that run
 * at the same time. The second one's stages are the first one's, too: they lie in shared memory.
 */
#ifndef FILE_SCENARIO_H
#define FILE_SCENARIO_H

#include "scenario.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>

static int *shared_stage;

static inline void shared_reach(int stage)
{
	__atomic_store_n(shared_stage, stage, __ATOMIC_RELEASE);
}

/* Like stage_await: for a bounded time, so that it orders nothing. */
static inline void shared_await(int stage)
{
	for (int ms = 0; ms < STAGE_LIMIT_MS; ms++) {
		if (__atomic_load_n(shared_stage, __ATOMIC_ACQUIRE) >= stage)
			return;
		usleep(1000);
	}
}

static inline void share_stages(void)
{
	shared_stage = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared_stage != MAP_FAILED);
}

/* `one` in this process, `two` in a forked one, beside each other. */
static inline int run_apart(void (*one)(void), void (*two)(void))
{
	pid_t child;

	share_stages();
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		two();
		exit(0);
	}
	one();
	return reap(child);
}

/* A file of the working directory; each call makes an open file of its own. */
static inline int open_file(const char *name)
{
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	CHECK(fd >= 0);
	return fd;
}

/* fcntl on one byte. */
static inline int lock_byte(int fd, int command, short type, off_t byte)
{
	struct flock flock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

	return fcntl(fd, command, &flock);
}

#endif
