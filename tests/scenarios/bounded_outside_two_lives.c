/*
 * The near miss of bounded_outside_same_life.c: the mutex that is taken inside `other` is a new
 * one, inside which nothing is taken.
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

		take_outside(m);
		drop(m);
	}
}

static void *one(void *argument)
{
	many();
	turn_pass(1);
	turn_await(2);
	many();
	return argument;
}

static void *two(void *argument)
{
	turn_await(1);
	for (int i = 0; i < 100; i++) {
		pthread_mutex_t *m = make();

		take_inside(m);
		drop(m);
	}
	turn_pass(2);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
