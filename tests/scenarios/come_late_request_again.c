/*
 * A near miss of come_late_request.c: main takes the mutex of the first request, too, but waits for
 * the second one only.
 */
/* EXPECT lock-order potential first second */
#include "late_request.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static void *serve_some(void *argument)
{
	struct request *request = argument;

	if (request->number == 1)
		take_ab();
	request_set(request, &request->done);
	stage_reach(request->number);
	return NULL;
}

int main(void)
{
	struct request *requests[2];
	pthread_t threads[2];

	for (int i = 1; i <= 2; i++) {
		struct request *request = request_allocate(i);

		requests[i - 1] = request;
		request_init(request);
		threads[i - 1] = start(serve_some, request);
		stage_await(i);
		pthread_mutex_lock(&request->m);
		while (i == 2 && !request->done)
			pthread_cond_wait(&request->changed, &request->m);
		pthread_mutex_unlock(&request->m);
	}
	take_ba();
	for (int i = 0; i < 2; i++) {
		finish(threads[i]);
		request_free(requests[i]);
	}
	return 0;
}
