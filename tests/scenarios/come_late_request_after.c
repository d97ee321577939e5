/*
 * A near miss of come_late_request.c: the thread takes a, b when it has said that it is done.
 */
/* EXPECT lock-order potential first second */
#include "request.h"

static void *serve(void *argument)
{
	struct request *request = argument;

	request_set(request, &request->done);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
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
