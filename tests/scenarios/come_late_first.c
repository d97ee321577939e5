/*
 * Another near miss of come_late.c: a third thread says that it is ready, too, and signals nothing
 * as it is so already. If it comes first, it does, and thread two may take b, a while thread one
 * takes a, b.
 */
/* EXPECT lock-order potential first second */
#define STAGES 2
#include "late_flag.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static void say_ready(void)
{
	pthread_mutex_lock(&m);
	if (!ready) {
		ready = true;
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&m);
}

static void *other(void *argument)
{
	stage_await(1);
	say_ready();
	stage_reach(2);
	return argument;
}

int main(void)
{
	run_three(other);
	return 0;
}
