/*
 * As gate_of_creator.c, but the helper has another thread do the work, and joins it: all of that is
 * inside the helper's life.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "gate_of_creator.h"

static void *help(void *argument)
{
	take_both(&b, &a); /* @second */
	return argument;
}

static void *one(void *argument)
{
	take_in_gate(); /* @first */
	return argument;
}

static void *hand_on(void *argument)
{
	finish(start(help, NULL));
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 3; i++) {
		pthread_t helper;

		pthread_mutex_lock(&gate);
		helper = start(hand_on, NULL);
		finish(helper);
		pthread_mutex_unlock(&gate);
	}
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
