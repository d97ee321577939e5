/*
 * A near miss of come_late_request.c: the thread takes a, b when it has said that it is done.
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

static void *serve_first(void *argument)
{
	struct request *request = argument;

	request_set(request, &request->done);
	take_ab();
	stage_reach(request->number);
	return NULL;
}

int main(void)
{
	for (int i = 1; i <= 4; i++) {
		struct request *request = request_allocate(i);
		pthread_t thread;

		request_init(request);
		thread = start(serve_first, request);
		stage_await(i);
		request_end(request, thread);
	}
	return 0;
}
