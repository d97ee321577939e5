/*
 * A hundred thousand mutexes, inside of which others are taken: one, another, or both, as it comes.
 * Two threads do so in turn. What is the same of all of them is not recorded a hundred thousand
 * times.
 */
/* EXPECT none */
/* TRACE <=256 */
#include "scenario.h"

static pthread_mutex_t third = PTHREAD_MUTEX_INITIALIZER;
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

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

static void use(pthread_mutex_t *m, int what)
{
	if (what != 1)
		take_outside(m);
	pthread_mutex_lock(m);
	if (what != 0) {
		pthread_mutex_lock(&third);
		pthread_mutex_unlock(&third);
	}
	pthread_mutex_unlock(m);
}

static void *work(void *argument)
{
	unsigned random = 1;

	for (int i = 0; i < 50000; i++) {
		pthread_mutex_t *m = make();

		random = random * 1103515245 + 12345;
		use(m, (int)(random >> 16) % 3);
		drop(m);
	}
	return argument;
}

int main(void)
{
	run_two(work, work);
	return 0;
}
