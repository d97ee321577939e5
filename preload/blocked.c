/*
 * Reads what the C library and the kernel know of blocked threads. Other threads go on meanwhile:
 * the answer was true a moment ago.
 *
 * Facts used of glibc: pthread_cond_t of 2.25 to 2.40 (sysdeps/nptl/bits/thread-shared-types.h,
 * nptl/pthread_cond_common.c): waiters come into group G2, which becomes G1 when G1 has been
 * signalled empty; __g_size counts the threads of a group that were not signalled, for G2 less
 * those that gave up. pthread_barrier_t of 2.24 to 2.40 (nptl/pthread_barrier_wait.c): `in` counts
 * arrivals, `current_round` those of the rounds that are over.
 */
#include "blocked.h"

#include "system.h"
#include "text.h"

#include <fcntl.h>
#include <gnu/libc-version.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

enum { KNOWN_FIRST = 25, KNOWN_LAST = 40 }; /* 2.x */

struct cond_words {
	uint64_t wseq;	   /* times 2; bit 0: index of G2 */
	uint64_t g1_start; /* times 2 */
	uint32_t g_refs[2];
	uint32_t g_size[2];
	uint32_t g1_orig_size; /* times 4 */
	uint32_t wrefs;
	uint32_t g_signals[2];
};

struct barrier_words {
	uint32_t in;
	uint32_t current_round;
	uint32_t count;
	int32_t shared; /* by processes; else 0 */
};

static bool layouts_are_known(void)
{
	static int minor = -1;
	const char *version;

	if (minor < 0) {
		version = gnu_get_libc_version();
		minor = strncmp(version, "2.", 2) == 0 ? atoi(version + 2) : 0;
	}
	return minor >= KNOWN_FIRST && minor <= KNOWN_LAST;
}

bool cond_is_blocked_on(const void *cond)
{
	const volatile struct cond_words *words = cond;
	uint64_t sequence = words->wseq;
	uint32_t older = (sequence & 1) ^ 1; /* G1 */
	uint32_t newer;

	if (!layouts_are_known())
		return false;
	newer = (uint32_t)(sequence >> 1) - (uint32_t)(words->g1_start >> 1) -
		(words->g1_orig_size >> 2) + words->g_size[older ^ 1];
	return words->g_size[older] != 0 || newer != 0;
}

bool barrier_is_blocked_on(const void *barrier)
{
	const volatile struct barrier_words *words = barrier;

	return layouts_are_known() && (int32_t)(words->in - words->current_round) > 0;
}

bool barrier_is_shared(const void *barrier)
{
	return layouts_are_known() && ((const struct barrier_words *)barrier)->shared;
}

/* "/proc/self/task/N/syscall" */
static void task_path(char *path, int tid)
{
	path = text_append_number(stpcpy(path, "/proc/self/task/"), (unsigned)tid);
	strcpy(path, "/syscall");
}

bool thread_is_blocked_on(int tid, const void *object, unsigned size)
{
	char path[48], text[256], *end;
	uint64_t word;
	long length;
	int fd;

	task_path(path, tid);
	fd = sys_open(path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0)
		return false;
	length = sys_read(fd, text, sizeof(text) - 1);
	sys_close(fd);
	if (length <= 0)
		return false;
	/* The number of the system call, and its arguments in hex; or "running". */
	text[length] = '\0';
	if (strtol(text, &end, 10) != SYS_futex || end == text)
		return false;
	word = strtoull(end, NULL, 16);
	return word - (uintptr_t)object < size;
}
