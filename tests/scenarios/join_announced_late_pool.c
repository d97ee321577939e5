/*
 * join_announced_late.c with a lock and a condition on the heap, taken and waited for by functions
 * that are handed them, and one worker, whose end main waits for in the function that joins it.
 */
/* EXPECT join-order discharged sync-order taken join */
#include "scenario.h"

struct bolt {
	long unused;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	long value;
};

static __attribute__((noinline)) void possess(struct bolt *bolt)
{
	CHECK(pthread_mutex_lock(&bolt->mutex) == 0); /* @taken */
}

static __attribute__((noinline)) void release(struct bolt *bolt)
{
	CHECK(pthread_mutex_unlock(&bolt->mutex) == 0);
}

static __attribute__((noinline)) void twist(struct bolt *bolt, long value)
{
	bolt->value = value;
	CHECK(pthread_cond_broadcast(&bolt->changed) == 0);
	release(bolt);
}

static void *work(void *argument)
{
	struct bolt *bolt = argument;

	possess(bolt);
	twist(bolt, 1);
	stage_reach(1);
	return NULL;
}

static __attribute__((noinline)) void join_worker(struct bolt *bolt, pthread_t worker)
{
	possess(bolt);
	while (bolt->value == 0)
		pthread_cond_wait(&bolt->changed, &bolt->mutex);
	CHECK(pthread_join(worker, NULL) == 0); /* @join */
	release(bolt);
}

int main(void)
{
	struct bolt *bolt = calloc(1, sizeof(*bolt));

	CHECK(bolt);
	pthread_mutex_init(&bolt->mutex, NULL);
	pthread_cond_init(&bolt->changed, NULL);
	pthread_t worker = start(work, bolt);

	stage_await(1);
	join_worker(bolt, worker);
	pthread_cond_destroy(&bolt->changed);
	pthread_mutex_destroy(&bolt->mutex);
	free(bolt);
	return 0;
}
