/*
 * A mutex that is taken inside `other`, in a life on a record that a thousand others had before, at
 * as many places as the scenario says; and then outside of it by another thread.
 */
#ifndef MADE_INSIDE_H
#define MADE_INSIDE_H

#include "scenario.h"

/* At ten places. */
#define TEN_TIMES(call) \
	call; \
	call; \
	call; \
	call; \
	call; \
	call; \
	call; \
	call; \
	call; \
	call

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *m = malloc(sizeof(*m));

	CHECK(m && pthread_mutex_init(m, NULL) == 0);
	return m;
}

static void drop(pthread_mutex_t *m)
{
	CHECK(pthread_mutex_destroy(m) == 0);
	free(m);
}

static void take_inside(pthread_mutex_t *m)
{
	pthread_mutex_lock(&other);
	pthread_mutex_lock(m);
	pthread_mutex_unlock(m);
	pthread_mutex_unlock(&other);
}

static void many(void)
{
	for (int i = 0; i < 1000; i++) {
		pthread_mutex_t *m = make();

		take_inside(m);
		drop(m);
	}
}

static pthread_mutex_t *m;

static void run_made(void *(*inside)(void *), void *(*outside)(void *))
{
	many();
	m = make();
	run_two(inside, outside);
	drop(m);
}

#endif
