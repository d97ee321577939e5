/*
 * Detached threads of which each is waited for until it has begun: their creator holds the mutex
 * when it makes them.
 */
#ifndef BEGUN_THREADS_H
#define BEGUN_THREADS_H

#include "alike_kinds.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t begun = PTHREAD_COND_INITIALIZER;
static bool has_begun;
static int over;

static inline void begin(void)
{
	pthread_mutex_lock(&mutex);
	has_begun = true;
	pthread_cond_signal(&begun);
	pthread_mutex_unlock(&mutex);
}

static inline void end(void)
{
	__atomic_add_fetch(&over, 1, __ATOMIC_RELEASE);
}

static inline void *run(void *argument)
{
	begin();
	run_cd(NULL);
	end();
	return argument;
}

static inline void make(void *(*routine)(void *))
{
	has_begun = false;
	CHECK(pthread_detach(start(routine, NULL)) == 0);
}

static inline void await_begun(void)
{
	while (!has_begun)
		pthread_cond_wait(&begun, &mutex);
}

/* So that there are not more of them at once than a program of this kind has. */
static inline void make_alike(int rounds)
{
	for (int round = 0; round < rounds; round++) {
		pthread_mutex_lock(&mutex);
		make(run);
		await_begun();
		pthread_mutex_unlock(&mutex);
		stage_await_in(&over, round);
	}
}

#endif
