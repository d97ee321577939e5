/*
 * The near miss of bounded_same_life.c: the mutex that was taken inside `other` is destroyed before
 * the one is made that is taken outside of it. Two locks, whatever their address, and no circle.
 */
/* EXPECT none */
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
	pthread_mutex_lock(&other);
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

static void *one(void *argument)
{
	pthread_mutex_t *m;

	many();
	m = make();
	take_inside(m);
	drop(m);
	turn_pass(1);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_t *m;

	turn_await(1);
	m = make();
	take_outside(m);
	drop(m);
	turn_pass(2);
	return argument;
}

/* And the other way round. */
static void *three(void *argument)
{
	turn_await(2);
	many();
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
