/*
 * Fifty thousand pairs of a mutex and a condition, one after the other on the heap, each signalled
 * with its mutex and an outer lock held, and without: all do the same, so that their records are
 * used again, and the trace stays small. A signal takes nothing.
 */
/* EXPECT none */
/* ACQUISITIONS 150000 */
/* TRACE <=256 */
#include "scenario.h"

#define PAIRS 50000

struct pair {
	pthread_mutex_t mutex;
	pthread_cond_t cond;
};

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;

static void use(void)
{
	struct pair *pair = malloc(sizeof(*pair));

	CHECK(pair && pthread_mutex_init(&pair->mutex, NULL) == 0);
	CHECK(pthread_cond_init(&pair->cond, NULL) == 0);
	pthread_mutex_lock(&pair->mutex);
	pthread_cond_signal(&pair->cond);
	pthread_mutex_unlock(&pair->mutex);
	pthread_cond_broadcast(&pair->cond);
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&pair->mutex);
	pthread_cond_signal(&pair->cond);
	pthread_mutex_unlock(&pair->mutex);
	pthread_mutex_unlock(&outer);
	pthread_cond_destroy(&pair->cond);
	pthread_mutex_destroy(&pair->mutex);
	free(pair);
}

int main(void)
{
	for (int i = 0; i < PAIRS; i++)
		use();
	return 0;
}
