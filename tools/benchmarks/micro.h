/*
 * The micro-benchmarks: what one lock operation costs. A case is one line in a table; it runs a
 * given number of operations and answers how long they took, in ns.
 */
#ifndef GORDIAN_BENCHMARK_MICRO_H
#define GORDIAN_BENCHMARK_MICRO_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct micro {
	const char *name;
	uint64_t operations; /* of one repetition */
	bool threads;	     /* the process has a second thread; else it never had one */
	bool cores;	     /* needs two cores */
	double (*run)(uint64_t operations); /* ns in all */
};

/* One thread, or each on its own lock: timed by the threads' own CPU time. */
extern const struct micro micro_alone[];
extern const struct micro micro_lives[];
extern const struct micro micro_rwlock[];
extern const struct micro micro_semaphore[];
/* Threads and processes that wait for each other: timed by the wall clock. */
extern const struct micro micro_together[];

static inline double micro_clock(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Pins the calling thread to the nth core it may use (modulo their number). */
void micro_pin(unsigned nth);
/* Says what failed and ends the program, when result is not 0. */
void micro_must(const char *what, int result);

#endif
