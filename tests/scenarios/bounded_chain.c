/*
 * A hundred thousand pairs of mutexes, the second of a pair taken inside the first, and the first
 * inside `other`.
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

int main(void)
{
	for (int i = 0; i < 100000; i++) {
		pthread_mutex_t *first = make(), *second = make();

		pthread_mutex_lock(&other);
		pthread_mutex_lock(first);
		pthread_mutex_lock(second);
		pthread_mutex_unlock(second);
		pthread_mutex_unlock(first);
		pthread_mutex_unlock(&other);
		drop(i % 2 ? first : second);
		drop(i % 2 ? second : first);
	}
	return 0;
}
