/*
 * A lock and a thread for each of twenty thousand requests: the thread takes the lock, and another
 * one inside it; main joins it, and then ends the lock's life. Once both are gone it makes no
 * difference which they were.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"

static pthread_mutex_t statistics = PTHREAD_MUTEX_INITIALIZER;

static void *serve(void *argument)
{
	pthread_mutex_t *request = argument;

	pthread_mutex_lock(request);
	pthread_mutex_lock(&statistics);
	pthread_mutex_unlock(&statistics);
	pthread_mutex_unlock(request);
	return NULL;
}

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *request = malloc(sizeof(*request));

	CHECK(request && pthread_mutex_init(request, NULL) == 0);
	pthread_mutex_lock(request);
	pthread_mutex_unlock(request);
	return request;
}

int main(void)
{
	for (int i = 0; i < 20000; i++) {
		pthread_mutex_t *request = make();

		finish(start(serve, request));
		CHECK(pthread_mutex_destroy(request) == 0);
		free(request);
	}
	return 0;
}
