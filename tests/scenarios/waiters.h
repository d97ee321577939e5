/*
 * Semaphores that start at 1 and are all made at one place. First many on which their maker waits,
 * as CPython does for each wait of a condition: it takes the unit, and takes another one, which a
 * second thread posts. So they are no locks. Then others.
 */
#ifndef WAITERS_H
#define WAITERS_H

#include "scenario.h"

#include <semaphore.h>

static sem_t *asked, *answer;

static __attribute__((noinline)) sem_t *make_semaphore(void)
{
	sem_t *made = malloc(sizeof(*made));

	CHECK(made && sem_init(made, 0, 1) == 0);
	return made;
}

static void drop_semaphore(sem_t *semaphore)
{
	CHECK(sem_destroy(semaphore) == 0);
	free(semaphore);
}

static void *answer_all(void *count)
{
	for (int i = 0; i < *(int *)count; i++) {
		CHECK(sem_wait(asked) == 0);
		CHECK(sem_post(answer) == 0);
	}
	return NULL;
}

static sem_t *make_ordering(void)
{
	sem_t *made = malloc(sizeof(*made));

	CHECK(made && sem_init(made, 0, 0) == 0);
	return made;
}

/* `inside`, if there is one, is taken while the unit is. */
static inline void wait_often(int count, pthread_mutex_t *inside)
{
	pthread_t other;

	asked = make_ordering();
	other = start(answer_all, &count);
	for (int i = 0; i < count; i++) {
		answer = make_semaphore();
		CHECK(sem_wait(answer) == 0);
		if (inside)
			pthread_mutex_lock(inside);
		if (inside)
			pthread_mutex_unlock(inside);
		CHECK(sem_post(asked) == 0);
		CHECK(sem_wait(answer) == 0);
		drop_semaphore(answer);
	}
	finish(other);
	drop_semaphore(asked);
}

#endif
