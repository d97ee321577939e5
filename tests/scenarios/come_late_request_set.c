/*
 * A near miss of come_late_request.c: of one request main says itself that it is done, before the
 * thread is, and so it waits for nobody then.
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
	for (int i = 1; i <= 4; i++) {
		struct request *request = request_allocate(i);
		pthread_t thread;

		request->done = i == 4;
		request_init(request);
		thread = start(serve, request);
		if (i % 2 == 0)
			stage_await(i);
		request_end(request, thread);
	}
	return 0;
}
