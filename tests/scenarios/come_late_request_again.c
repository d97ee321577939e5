/*
 * A near miss of come_late_request.c: main takes the mutex of the first request, too, but waits for
 * the second one only.
 */
/* EXPECT lock-order potential first second */
#include "request.h"

static void *serve(void *argument)
{
	struct request *request = argument;

	if (request->number == 1) {
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b); /* @first */
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
	}
	request_set(request, &request->done);
	stage_reach(request->number);
	return NULL;
}

int main(void)
{
	struct request *requests[2];
	pthread_t threads[2];

	for (int i = 1; i <= 2; i++) {
		struct request *request = calloc(1, sizeof(*request));

		CHECK(request != NULL);
		requests[i - 1] = request;
		request->number = i;
		pthread_mutex_init(&request->m, NULL);
		pthread_cond_init(&request->changed, NULL);
		threads[i - 1] = start(serve, request);
		stage_await(i);
		pthread_mutex_lock(&request->m);
		while (i == 2 && !request->done)
			pthread_cond_wait(&request->changed, &request->m);
		pthread_mutex_unlock(&request->m);
	}
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	for (int i = 0; i < 2; i++) {
		finish(threads[i]);
		request_free(requests[i]);
	}
	return 0;
}
