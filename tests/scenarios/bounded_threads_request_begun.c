/*
 * As bounded_threads_request.c, where the thread asks whether main has said that it is to begin,
 * which main says once before and once while it is there. After the first few requests what main
 * signals then is no event any more.
 */
/* EXPECT none */
/* THREADS 10001 */
/* TRACE <=256 */
#include "request.h"

static void *serve(void *argument)
{
	struct request *request = argument;

	request_await(request, &request->started);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 10000; i++) {
		struct request *request = request_new(i);
		pthread_t thread;

		request_set(request, &request->started);
		thread = start(serve, request);
		request_set(request, &request->started);
		finish(thread);
		request_free(request);
	}
	return 0;
}
