/*
 * A request's object and a thread for each of a hundred: they all take a, b. One of the later ones
 * takes b, a, while the one after it is there.
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
	stage_reach(1);
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 100; i++) {
		struct request *odd = i == 90 ? request_new(-i) : NULL;
		struct request *request = request_new(i);
		pthread_t other, thread;

		if (odd) {
			other = start(serve_inverted, odd);
			stage_await(1);
		}
		thread = start(serve, request);
		request_await(request, &request->done);
		finish(thread);
		request_free(request);
		if (odd) {
			finish(other);
			request_free(odd);
		}
	}
	return 0;
}
