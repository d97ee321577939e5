/* What reader-writer locks and spin locks cost that nobody else wants. */
#include "micro.h"

#include <pthread.h>
#include <stdlib.h>

enum { CACHE_LINE = 64 };

static struct {
	pthread_rwlock_t lock;
} __attribute__((aligned(2 * CACHE_LINE))) shared = {PTHREAD_RWLOCK_INITIALIZER};

static struct {
	pthread_spinlock_t lock;
} __attribute__((aligned(2 * CACHE_LINE))) spin;

static double run_read(uint64_t operations)
{
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++) {
		pthread_rwlock_rdlock(&shared.lock);
		pthread_rwlock_unlock(&shared.lock);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

static double run_write(uint64_t operations)
{
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++) {
		pthread_rwlock_wrlock(&shared.lock);
		pthread_rwlock_unlock(&shared.lock);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

static double run_try_read(uint64_t operations)
{
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++) {
		if (pthread_rwlock_tryrdlock(&shared.lock))
			abort();
		pthread_rwlock_unlock(&shared.lock);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

static double run_spin(uint64_t operations)
{
	double begun;

	pthread_spin_init(&spin.lock, PTHREAD_PROCESS_PRIVATE);
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);
	for (uint64_t i = 0; i < operations; i++) {
		pthread_spin_lock(&spin.lock);
		pthread_spin_unlock(&spin.lock);
	}
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
	pthread_spin_destroy(&spin.lock);
	return begun;
}

const struct micro micro_rwlock[] = {
	{"read", 2000000, true, false, run_read},
	{"write", 2000000, true, false, run_write},
	{"try-read", 2000000, true, false, run_try_read},
	{"spin", 4000000, true, false, run_spin},
	{0},
};
