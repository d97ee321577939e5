/*
 * A near miss of come_late_request.c: there are two requests at a time, made at one place, and main
 * waits for the second of them only, before it takes b, a.
 */
/* EXPECT lock-order potential first second */
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
	struct request *request = NULL, *other;
	pthread_t threads[2];

	for (int i = 1; i <= 2; i++) {
		other = request;
		request = calloc(1, sizeof(*request));
		CHECK(request != NULL);
		request->number = i;
		pthread_mutex_init(&request->m, NULL);
		pthread_cond_init(&request->changed, NULL);
		threads[i - 1] = start(serve, request);
		stage_await(i);
	}
	pthread_mutex_lock(&request->m);
	while (!request->done)
		pthread_cond_wait(&request->changed, &request->m);
	pthread_mutex_unlock(&request->m);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	finish(threads[0]);
	finish(threads[1]);
	request_free(request);
	request_free(other);
	return 0;
}
