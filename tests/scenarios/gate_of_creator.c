/*
 * The helper does not hold the gate, but thread two does all the time that the helper lives: it has
 * it from before the create until after the join. So while thread one has it, there is no helper.
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

static void *two(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 3; i++) {
		pthread_t helper;

		pthread_mutex_lock(&gate);
		helper = start(help, NULL);
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
