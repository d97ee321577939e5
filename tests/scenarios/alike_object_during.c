/*
 * A lock and a thread for each request: the thread takes that lock, and another one inside it.
 * Once main takes the two the other way round while the thread is there.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t statistics = PTHREAD_MUTEX_INITIALIZER;

static void *serve(void *argument)
{
	pthread_mutex_t *request = argument;

	pthread_mutex_lock(request);
	pthread_mutex_lock(&statistics); /* @first */
	pthread_mutex_unlock(&statistics);
	pthread_mutex_unlock(request);
	return NULL;
}

__attribute__((noinline)) static void look_at(pthread_mutex_t *request)
{
	pthread_mutex_lock(&statistics);
	pthread_mutex_lock(request); /* @second */
	pthread_mutex_unlock(request);
	pthread_mutex_unlock(&statistics);
}

int main(void)
{
	for (int i = 0; i < 60; i++) {
		pthread_mutex_t *request = malloc(sizeof(*request));
		pthread_t thread;

		CHECK(request && pthread_mutex_init(request, NULL) == 0);
		pthread_mutex_lock(request);
		pthread_mutex_unlock(request);
		thread = start(serve, request);
		if (i == 40) {
			usleep(20000);
			look_at(request);
		}
		finish(thread);
		CHECK(pthread_mutex_destroy(request) == 0);
		free(request);
	}
	return 0;
}
