/*
 * Rounds of four threads, three of which are made at one place and are alike. In one round the
 * second of these cannot be created.
 */
#ifndef ROUND_FAILED_H
#define ROUND_FAILED_H

#include "together.h"

/* failing: with a stack that there is no room for. */
__attribute__((noinline)) static unsigned make(pthread_t *thread, void *(*routine)(void *),
					       int failing)
{
	pthread_attr_t attributes;
	int result;

	CHECK(pthread_attr_init(&attributes) == 0);
	CHECK(pthread_attr_setstacksize(&attributes, (size_t)1 << (failing ? 52 : 18)) == 0);
	result = pthread_create(thread, &attributes, routine, NULL);
	CHECK(!result == !failing);
	pthread_attr_destroy(&attributes);
	return !result;
}

__attribute__((noinline)) static void run_four(void *(*routine)(void *), int failing,
					       void (*meanwhile)(void))
{
	pthread_t threads[3], other;
	unsigned made = 0;

	take_ac();
	done = 0;
	other = start(run_c, NULL);
	for (volatile int i = 0; i < 3; i++)
		made += make(&threads[made], routine, failing && i == 1);
	if (meanwhile) {
		stage_await_in(&done, (int)made + 1);
		meanwhile();
	}
	while (made)
		finish(threads[--made]);
	finish(other);
}

#endif
