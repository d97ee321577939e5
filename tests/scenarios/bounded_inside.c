/*
 * A hundred thousand mutexes, each taken inside another lock, by two threads in turn: they are part
 * of situations, but of no circle.
 */
/* EXPECT none */
/* TRACE <=256 */
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

static void *work(void *argument)
{
	for (int i = 0; i < 50000; i++) {
		pthread_mutex_t *m = make();

		take_inside(m);
		drop(m);
	}
	return argument;
}

int main(void)
{
	run_two(work, work);
	return 0;
}
