/* What scenarios of C11 threads share. */
#ifndef SCENARIO_C11_H
#define SCENARIO_C11_H

#include "scenario.h"
#include <threads.h>

static inline thrd_t c11_start(thrd_start_t routine, void *argument)
{
	thrd_t thread;

	CHECK(thrd_create(&thread, routine, argument) == thrd_success);
	return thread;
}

static inline void c11_finish(thrd_t thread)
{
	CHECK(thrd_join(thread, NULL) == thrd_success);
}

/* Both at the same time: neither is ordered before the other. */
static inline void c11_two(thrd_start_t one, thrd_start_t two)
{
	thrd_t first = c11_start(one, NULL), second = c11_start(two, NULL);

	c11_finish(first);
	c11_finish(second);
}

#endif
