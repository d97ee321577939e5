/* What locks cost that nobody else wants. */
#include "micro.h"

#include <pthread.h>
#include <stdlib.h>

enum { LIST_LENGTH = 100, CACHE_LINE = 64 };

struct aligned_mutex {
	pthread_mutex_t mutex;
} __attribute__((aligned(2 * CACHE_LINE)));

static struct aligned_mutex outer = {PTHREAD_MUTEX_INITIALIZER};
static struct aligned_mutex inner = {PTHREAD_MUTEX_INITIALIZER};
static struct aligned_mutex own[2] = {{PTHREAD_MUTEX_INITIALIZER}, {PTHREAD_MUTEX_INITIALIZER}};

static double run_pair(uint64_t operations)
{
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++) {
		pthread_mutex_lock(&outer.mutex);
		pthread_mutex_unlock(&outer.mutex);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

/* An operation is one pair, half of them inside the other half. */
static double run_nested(uint64_t operations)
{
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations / 2; i++) {
		pthread_mutex_lock(&outer.mutex);
		pthread_mutex_lock(&inner.mutex);
		pthread_mutex_unlock(&inner.mutex);
		pthread_mutex_unlock(&outer.mutex);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

static double run_recursive(uint64_t operations)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t mutex;
	double begun;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&mutex, &attributes);
	pthread_mutex_lock(&mutex);
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);
	for (uint64_t i = 0; i < operations; i++) {
		pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex);
	}
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
	pthread_mutex_unlock(&mutex);
	pthread_mutex_destroy(&mutex);
	pthread_mutexattr_destroy(&attributes);
	return begun;
}

static double run_trylock(uint64_t operations)
{
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++) {
		if (pthread_mutex_trylock(&outer.mutex))
			abort();
		pthread_mutex_unlock(&outer.mutex);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

static void nothing(void)
{
}

static double run_once(uint64_t operations)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++)
		pthread_once(&once, nothing);
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

static double run_signal(uint64_t operations)
{
	static pthread_cond_t nobody = PTHREAD_COND_INITIALIZER;
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++)
		pthread_cond_signal(&nobody);
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

/* An operation is one step: the next node is locked before this one is unlocked. */
static double run_list(uint64_t operations)
{
	static struct aligned_mutex list[LIST_LENGTH] = {
		[0 ... LIST_LENGTH - 1] = {PTHREAD_MUTEX_INITIALIZER},
	};
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations / LIST_LENGTH; i++) {
		pthread_mutex_lock(&list[0].mutex);
		for (unsigned at = 1; at < LIST_LENGTH; at++) {
			pthread_mutex_lock(&list[at].mutex);
			pthread_mutex_unlock(&list[at - 1].mutex);
		}
		pthread_mutex_unlock(&list[LIST_LENGTH - 1].mutex);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

struct pinned {
	pthread_t thread;
	pthread_barrier_t *start;
	uint64_t operations;
	double ns;
	unsigned number;
};

static void *pinned_pairs(void *argument)
{
	struct pinned *pinned = argument;
	pthread_mutex_t *mutex = &own[pinned->number].mutex;

	micro_pin(pinned->number);
	pthread_barrier_wait(pinned->start);
	pinned->ns = micro_clock(CLOCK_THREAD_CPUTIME_ID);
	for (uint64_t i = 0; i < pinned->operations; i++) {
		pthread_mutex_lock(mutex);
		pthread_mutex_unlock(mutex);
	}
	pinned->ns = micro_clock(CLOCK_THREAD_CPUTIME_ID) - pinned->ns;
	return NULL;
}

/* Two threads, two cores, two locks: the mean of both threads. */
static double run_two(uint64_t operations)
{
	struct pinned pinned[2];
	pthread_barrier_t start;

	pthread_barrier_init(&start, NULL, 2);
	for (unsigned i = 0; i < 2; i++) {
		pinned[i] = (struct pinned){.start = &start, .operations = operations, .number = i};
		micro_must("pthread_create",
			   pthread_create(&pinned[i].thread, NULL, pinned_pairs, &pinned[i]));
	}
	for (unsigned i = 0; i < 2; i++)
		pthread_join(pinned[i].thread, NULL);
	pthread_barrier_destroy(&start);
	return (pinned[0].ns + pinned[1].ns) / 2;
}

const struct micro micro_alone[] = {
	{"pair", 2000000, true, false, run_pair},
	{"pair-two-threads", 2000000, true, true, run_two},
	{"nested", 2000000, true, false, run_nested},
	{"pair-never-threaded", 4000000, false, false, run_pair},
	{"recursive", 2000000, true, false, run_recursive},
	{"trylock", 2000000, true, false, run_trylock},
	{"once", 2000000, true, false, run_once},
	{"signal", 2000000, true, false, run_signal},
	{"hand-over-hand", 2000000, true, false, run_list},
	{0},
};
