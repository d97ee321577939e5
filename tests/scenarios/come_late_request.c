/*
 * As come_late.c: main itself makes the object of each request, and a thread that takes a, b, and
 * says that it is done; it waits for that, and takes b, a. Of the second request, whose mutex is
 * another life of the first one's at the same place, and of the last it comes late.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "request.h"

static void *serve(void *argument)
{
	struct request *request = argument;

	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	request_set(request, &request->done);
	stage_reach(request->number);
	return NULL;
}

int main(void)
{
	for (int i = 1; i <= 4; i++) {
		struct request *request = calloc(1, sizeof(*request));
		pthread_t thread;

		CHECK(request != NULL);
		request->number = i;
		pthread_mutex_init(&request->m, NULL);
		pthread_cond_init(&request->changed, NULL);
		thread = start(serve, request);
		if (i % 2 == 0)
			stage_await(i);
		pthread_mutex_lock(&request->m);
		while (!request->done)
			pthread_cond_wait(&request->changed, &request->m);
		pthread_mutex_unlock(&request->m);
		pthread_mutex_lock(&b);
		pthread_mutex_lock(&a); /* @second */
		pthread_mutex_unlock(&a);
		pthread_mutex_unlock(&b);
		finish(thread);
		request_free(request);
	}
	return 0;
}
