/*
 * What scenarios share that hang for ever, or only nearly do. That they hang is certain, and hangs
 * on no clock: the waits here have no limit, and are made without locks. Nor are they calls that a
 * recorder could see, for a thread often waits with a lock held.
 */
#ifndef SCENARIO_HANG_H
#define SCENARIO_HANG_H

#include "scenario.h"

#include <fcntl.h>

static inline void nap(int ms)
{
	struct timespec time = {ms / 1000, ms % 1000 * 1000000L};

	syscall(SYS_nanosleep, &time, NULL);
}

/*
 * Those who come here go on when so many have come. A program whose threads meet while each has a
 * lock, and then want each other's, is sure to hang.
 */
static inline void meet_in(int *met, int number)
{
	__atomic_add_fetch(met, 1, __ATOMIC_ACQ_REL);
	while (__atomic_load_n(met, __ATOMIC_ACQUIRE) < number)
		nap(1);
}

static int met_now;

static inline void meet(int number)
{
	meet_in(&met_now, number);
}

/* A thread that says where it is: *tid was 0 before. */
static inline void tell_tid(int *tid)
{
	__atomic_store_n(tid, gettid(), __ATOMIC_RELEASE);
}

/* The system call a thread is in, and its arguments; "running" if in none. */
static inline void read_call(int tid, char *call, size_t size)
{
	char path[64];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	CHECK(fd >= 0);
	length = syscall(SYS_read, fd, call, size - 1);
	CHECK(length >= 0);
	call[length] = '\0';
	close(fd);
}

/* Waits until a thread that tells its tid sleeps in a futex call, and goes on sleeping in it. */
static inline void await_asleep(const int *tid)
{
	char before[256] = "", now[256];

	while (__atomic_load_n(tid, __ATOMIC_ACQUIRE) == 0)
		nap(1);
	for (int same = 0; same < 5; nap(1)) {
		read_call(__atomic_load_n(tid, __ATOMIC_ACQUIRE), now, sizeof(now));
		same = atoi(now) == SYS_futex && strcmp(now, before) == 0 ? same + 1 : 0;
		memcpy(before, now, sizeof(now));
	}
}

/* Whatever becomes of it: when a program that hangs is ended, its child may be the first to go. */
static inline int await_child(pid_t child)
{
	return waitpid(child, NULL, 0) == child ? 0 : 1;
}

/* For programs that have no lock to take: a recording without any is not complete. */
static inline void take_a_lock(void)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
}

#endif
