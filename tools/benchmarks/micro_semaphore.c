/* What semaphores cost that nobody waits for: used as locks, and only to count. */
#include "micro.h"

#include <semaphore.h>
#include <stdlib.h>

enum { CACHE_LINE = 64 };

static struct {
	sem_t semaphore;
} __attribute__((aligned(2 * CACHE_LINE))) lock, counter;

static double run_wait(sem_t *semaphore, unsigned value, uint64_t operations)
{
	double begun;

	sem_init(semaphore, 0, value);
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);
	for (uint64_t i = 0; i < operations; i++) {
		sem_wait(semaphore);
		sem_post(semaphore);
	}
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
	sem_destroy(semaphore);
	return begun;
}

static double run_lock(uint64_t operations)
{
	return run_wait(&lock.semaphore, 1, operations);
}

static double run_counter(uint64_t operations)
{
	return run_wait(&counter.semaphore, 2, operations);
}

static double run_try(uint64_t operations)
{
	double begun;

	sem_init(&lock.semaphore, 0, 1);
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);
	for (uint64_t i = 0; i < operations; i++) {
		if (sem_trywait(&lock.semaphore))
			abort();
		sem_post(&lock.semaphore);
	}
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
	sem_destroy(&lock.semaphore);
	return begun;
}

const struct micro micro_semaphore[] = {
	{"semaphore", 2000000, true, false, run_lock},
	{"semaphore-counter", 2000000, true, false, run_counter},
	{"semaphore-try", 2000000, true, false, run_try},
	{0},
};
