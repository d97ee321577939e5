/* Threads that sleep in a call, as the kernel tells it. */
#ifndef GORDIAN_TESTS_WAITS_H
#define GORDIAN_TESTS_WAITS_H

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static inline struct timespec in_an_hour(clockid_t clock)
{
	struct timespec until;

	clock_gettime(clock, &until);
	until.tv_sec += 3600;
	return until;
}

/* Until it sleeps in that call, and goes on doing so. */
static inline void await_call(int *tid, long call)
{
	char path[64], before[256] = "", now[256];
	int same = 0;

	while (!__atomic_load_n(tid, __ATOMIC_ACQUIRE))
		usleep(1000);
	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", *tid);
	while (same < 5) {
		FILE *file = fopen(path, "r");

		if (!file || !fgets(now, sizeof(now), file))
			abort();
		fclose(file);
		same = atol(now) == call && strcmp(now, before) == 0 ? same + 1 : 0;
		strcpy(before, now);
		usleep(1000);
	}
}

/* Until it has used more of the processor than it needs to come to its wait. */
static inline void await_work(pthread_t thread)
{
	struct timespec used = {0, 0};
	clockid_t clock;

	pthread_getcpuclockid(thread, &clock);
	while (used.tv_sec == 0 && used.tv_nsec < 50000000) {
		usleep(1000);
		clock_gettime(clock, &used);
	}
}

/* Prints what is expected to stand in the trace now: see waits.py. */
static inline void expect_wait(int op, const void *want, const void *mutex)
{
	printf("%d %#lx %#lx\n", op, (long)want, (long)mutex);
}

static inline void die(void)
{
	fflush(stdout);
	raise(SIGKILL);
}

#endif
