/*
 * Detached threads of which each posts a unit before it does anything else; their creator takes
 * that before it goes on.
 */
#ifndef BEGUN_SEMAPHORE_H
#define BEGUN_SEMAPHORE_H

#include "alike_kinds.h"
#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t begun;
static int over;

static inline void *run(void *argument)
{
	sem_post(&begun);
	run_cd(NULL);
	__atomic_add_fetch(&over, 1, __ATOMIC_RELEASE);
	return argument;
}

static inline void make(void *(*routine)(void *))
{
	CHECK(pthread_detach(start(routine, NULL)) == 0);
	CHECK(sem_wait(&begun) == 0);
}

/* Each when the one before is as good as over: not more at once than such a program has. */
static inline void make_alike(int count)
{
	CHECK(sem_init(&begun, 0, 0) == 0);
	for (int i = 0; i < count; i++) {
		make(run);
		stage_await_in(&over, i);
	}
}

#endif
