/*
 * What scenarios share: threads, and stages.
 *
 * A scenario with a latent deadlock must not fall into it. Stages keep its sides apart in time
 * without ordering them: a thread waits for a stage, but for a bounded time only, and goes on when
 * the time is up. So nothing in the program rules the deadlock out: a thread that is held up for
 * longer than STAGE_LIMIT_MS (a loaded machine, a debugger, a page fault on a dead network disk)
 * meets the other. Where a scenario means a real order, it does not use stages.
 */
#ifndef SCENARIO_H
#define SCENARIO_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A function that stays one, with its calls as they are written. */
#if __has_attribute(noclone)
#define APART __attribute__((noinline, noclone))
#else
#define APART __attribute__((noinline))
#endif

#define STAGE_LIMIT_MS 5000

static int stage_reached;

static inline void stage_reach(int stage)
{
	__atomic_store_n(&stage_reached, stage, __ATOMIC_RELEASE);
}

/* For several threads that reach the next stage together: the last one's stage is their number. */
static inline void stage_advance(void)
{
	__atomic_add_fetch(&stage_reached, 1, __ATOMIC_ACQ_REL);
}

/* For stages in memory that processes share. */
static inline void stage_await_in(const int *reached, int stage)
{
	for (int ms = 0; ms < STAGE_LIMIT_MS; ms++) {
		if (__atomic_load_n(reached, __ATOMIC_ACQUIRE) >= stage)
			return;
		usleep(1000);
	}
}

/* Waits until the stage is reached, or the time is up. Orders nothing: see above. */
static inline void stage_await(int stage)
{
	stage_await_in(&stage_reached, stage);
}

/*
 * Turns are a real order, made without locks: unlike a stage, this lets nobody pass before his
 * turn, as the end of a lock's life demands. Nothing that a recorder could see comes of it.
 */
static int turn_now;

static inline void turn_pass(int turn)
{
	__atomic_store_n(&turn_now, turn, __ATOMIC_RELEASE);
}

static inline void turn_await(int turn)
{
	while (__atomic_load_n(&turn_now, __ATOMIC_ACQUIRE) < turn)
		usleep(1000);
}

/*
 * Waits until that thread sleeps in a futex call, and goes on sleeping in it, or the time is up:
 * for a scenario in which it is blocked until somebody else does something.
 */
static inline void await_blocked(int tid)
{
	char path[64], before[256] = "", now[256];
	int same = 0;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", tid);
	for (int ms = 0; ms < STAGE_LIMIT_MS && same < 5; ms++) {
		FILE *file = fopen(path, "r");

		/* It has ended, and waits no more. */
		if (!file && errno == ENOENT)
			return;
		if (!file || !fgets(now, sizeof(now), file))
			now[0] = '\0';
		if (file)
			fclose(file);
		same = atoi(now) == SYS_futex && strcmp(now, before) == 0 ? same + 1 : 0;
		memcpy(before, now, sizeof(now));
		usleep(1000);
	}
}

/* Ends the program with a message unless the condition holds; stays when NDEBUG is set. */
#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			_exit(99); \
		} \
	} while (0)

static inline pthread_t start(void *(*routine)(void *), void *argument)
{
	pthread_t thread;

	CHECK(pthread_create(&thread, NULL, routine, argument) == 0);
	return thread;
}

static inline void finish(pthread_t thread)
{
	CHECK(pthread_join(thread, NULL) == 0);
}

/* Both at the same time, created before either is joined: neither is ordered before the other. */
static inline void run_two(void *(*one)(void *), void *(*two)(void *))
{
	pthread_t first = start(one, NULL);
	pthread_t second = start(two, NULL);

	finish(first);
	finish(second);
}

/* Waits for a child process; its exit status. */
static inline int reap(pid_t child)
{
	int status;

	CHECK(child > 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* A time limit so far away that it does not run out in a scenario. */
static inline struct timespec far_future(clockid_t clock)
{
	struct timespec until;

	clock_gettime(clock, &until);
	until.tv_sec += 3600;
	return until;
}

/* The time ms from now. */
static inline struct timespec soon(clockid_t clock, int ms)
{
	struct timespec until;

	clock_gettime(clock, &until);
	until.tv_nsec += ms * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	return until;
}

#endif
