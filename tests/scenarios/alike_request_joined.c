/*
 * The near miss of alike_request_inverted.c: the one that takes b, a is joined before the next one
 * is made.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "request.h"

static void *serve(void *argument)
{
	struct request *request = argument;

	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	request_set(request, &request->done);
	return NULL;
}

static void *serve_inverted(void *argument)
{
	struct request *request = argument;

	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	request_set(request, &request->done);
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 100; i++) {
		struct request *odd = i == 90 ? request_new(-i) : NULL;
		struct request *request = request_new(i);
		pthread_t thread;

		if (odd)
			finish(start(serve_inverted, odd));
		thread = start(serve, request);
		request_await(request, &request->done);
		finish(thread);
		request_free(request);
		if (odd)
			request_free(odd);
	}
	return 0;
}
