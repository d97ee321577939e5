/*
 * The near miss of gate_of_creator.c: the gate is given back and taken again between the create and
 * the join, so the helper may be at work while thread one has it.
 */
/* EXPECT lock-order feasible first second */
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

static void *two(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 3; i++) {
		pthread_t helper;

		pthread_mutex_lock(&gate);
		helper = start(help, NULL);
		pthread_mutex_unlock(&gate);
		pthread_mutex_lock(&gate);
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
