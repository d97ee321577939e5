/* What it costs that locks come and go. */
#include "micro.h"

#include <pthread.h>
#include <stdlib.h>

enum { HEAP_LOCKS = 100, APART = 2000, SMALL = 48 };

static void take(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
}

/* An operation is a whole life: initialised, taken once, destroyed. */
static double run_life(uint64_t operations)
{
	double begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);

	for (uint64_t i = 0; i < operations; i++) {
		pthread_mutex_t mutex;

		pthread_mutex_init(&mutex, NULL);
		take(&mutex);
		pthread_mutex_destroy(&mutex);
	}
	return micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
}

/* malloc and free, in a program that has locks on its heap, elsewhere. */
static double run_malloc(uint64_t operations)
{
	static struct {
		pthread_mutex_t mutex;
		char rest[APART];
	} * locks[HEAP_LOCKS];
	double begun;

	for (unsigned i = 0; i < HEAP_LOCKS; i++) {
		locks[i] = calloc(1, sizeof(*locks[i]));
		if (!locks[i])
			abort();
		take(&locks[i]->mutex);
	}
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID);
	for (uint64_t i = 0; i < operations; i++) {
		void *volatile block = malloc(SMALL);

		free(block);
	}
	begun = micro_clock(CLOCK_THREAD_CPUTIME_ID) - begun;
	for (unsigned i = 0; i < HEAP_LOCKS; i++)
		free(locks[i]);
	return begun;
}

const struct micro micro_lives[] = {
	{"life", 200000, true, false, run_life},
	{"malloc", 4000000, true, false, run_malloc},
	{0},
};
