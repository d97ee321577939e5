/*
 * A near miss of come_late_request.c: there are two requests at a time, made at one place, and main
 * waits for the second of them only, before it takes b, a.
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

int main(void)
{
	struct request *request = NULL, *other;
	pthread_t threads[2];

	for (int i = 1; i <= 2; i++) {
		other = request;
		request = request_allocate(i);
		request_init(request);
		threads[i - 1] = start(serve, request);
		stage_await(i);
	}
	request_await(request, &request->done);
	take_ba();
	finish(threads[0]);
	finish(threads[1]);
	request_free(request);
	request_free(other);
	return 0;
}
