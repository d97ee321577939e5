/*
 * The mutex is taken inside `other` at forty places, which is more than is kept of
 * a life whose record others had before, and then outside of it by another thread.
 */
/* EXPECT lock-order feasible second */
#include "scenario.h"

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

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other); /* @second */
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
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

static void *one(void *argument)
{
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	take_inside(m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take_outside(m);
	return argument;
}

int main(void)
{
	many();
	m = make();
	run_two(one, two);
	drop(m);
	return 0;
}
