/*
 * As come_late.c: main itself makes the object of each request, and a thread that takes a, b, and
 * says that it is done; it waits for that, and takes b, a. Of the second request, whose mutex is
 * another life of the first one's at the same place, and of the last it comes late.
 */
/* EXPECT lock-order discharged sync-order first second */
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

		request_init(request);
		thread = start(serve, request);
		if (i % 2 == 0)
			stage_await(i);
		request_end(request, thread);
	}
	return 0;
}
