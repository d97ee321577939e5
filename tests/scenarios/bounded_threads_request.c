/*
 * An object with a mutex and a condition, and a thread, for each of twenty thousand requests: main
 * waits until it is done, joins the thread, and ends both their lives. Which object it was makes no
 * difference then.
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

		request_await(request, &request->done);
		finish(thread);
		request_free(request);
	}
	return 0;
}
