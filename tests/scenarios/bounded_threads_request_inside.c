/*
 * As bounded_threads_request.c, where the thread takes another lock inside the request's, and main,
 * which made it, too.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "request.h"

static void *serve(void *argument)
{
	struct request *request = argument;

	pthread_mutex_lock(&request->m);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	request->done = true;
	pthread_cond_signal(&request->changed);
	pthread_mutex_unlock(&request->m);
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 20000; i++) {
		struct request *request = request_new(i);
		pthread_t thread = start(serve, request);

		pthread_mutex_lock(&request->m);
		while (!request->done)
			pthread_cond_wait(&request->changed, &request->m);
		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&request->m);
		finish(thread);
		request_free(request);
	}
	return 0;
}
