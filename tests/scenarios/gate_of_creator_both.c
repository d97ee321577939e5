/*
 * The near miss of gate_of_creator.c: both threads are created and joined under one hold of the
 * gate, so they are at work at the same time.
 */
/* EXPECT lock-order potential first second */
#include "pair.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *argument)
{
	take_both(&a, &b); /* @first */
	stage_reach(1);
	return argument;
}

static void *help_later(void *argument)
{
	stage_await(1);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&gate);
	run_two(work, help_later);
	pthread_mutex_unlock(&gate);
	return 0;
}
