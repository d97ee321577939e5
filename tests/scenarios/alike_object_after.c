/*
 * The near miss of alike_object_during.c: main does so for each request, when it has joined its
 * thread.
 */
/* EXPECT lock-order discharged thread-order first second */
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
		finish(thread);
		look_at(request);
		CHECK(pthread_mutex_destroy(request) == 0);
		free(request);
	}
	return 0;
}
