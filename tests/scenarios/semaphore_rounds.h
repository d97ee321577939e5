/*
 * Main makes threads in turn, each with a semaphore of its own in memory of its own: waits until
 * the thread has posted it, and joins the thread.
 */
#ifndef SEMAPHORE_ROUNDS_H
#define SEMAPHORE_ROUNDS_H

#include "scenario.h"
#include <semaphore.h>

struct round_of {
	sem_t *begun;
	bool odd;
};

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;

static inline void nest(void)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
}

/* odd: which one is; -1: none. */
static inline void run_rounds(int count, int odd, void *(*work)(void *))
{
	for (int i = 0; i < count; i++) {
		struct round_of it = {malloc(sizeof(sem_t)), i == odd};
		pthread_t thread;

		CHECK(it.begun && sem_init(it.begun, 0, 0) == 0);
		thread = start(work, &it);
		CHECK(sem_wait(it.begun) == 0);
		finish(thread);
		CHECK(sem_destroy(it.begun) == 0);
		free(it.begun);
	}
}

#endif
