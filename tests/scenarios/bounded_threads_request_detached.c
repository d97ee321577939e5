/*
 * As bounded_threads_request.c, but nobody joins the threads: a request is over once it is done.
 * (The thread gives the mutex back after that, and main takes it once more then.)
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "request.h"

static void *serve(void *argument)
{
	struct request *request = argument;

	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	request_set(request, &request->done);
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 20000; i++) {
		struct request *request = request_new(i);
		pthread_t thread = start(serve, request);

		CHECK(pthread_detach(thread) == 0);
		request_await(request, &request->done);
		request_free(request);
	}
	return 0;
}
