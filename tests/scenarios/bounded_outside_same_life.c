/*
 * A thousand mutexes come and go, `other` taken inside each. Inside the next one `other` is taken
 * as well, and another thread takes it inside `other`: one lock, both orders.
 */
/* EXPECT lock-order potential first second */
/* INSTANCES 1 */
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
	pthread_mutex_lock(m); /* @first */
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

		take_outside(m);
		drop(m);
	}
}

static pthread_mutex_t *m;

static void *one(void *argument)
{
	many();
	m = make();
	take_outside(m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	if (m)
		take_inside(m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
