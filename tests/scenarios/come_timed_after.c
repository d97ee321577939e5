/*
 * Another near miss of come_timed.c: thread one takes a, b when it has said that it is ready.
 */
/* EXPECT lock-order potential first second */
#include "timed_flag.h"

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	stage_await(1);
	say_ready();
	take_ab();
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	set_limit(&until);
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_timedwait(&changed, &m, &until);
	pthread_mutex_unlock(&m);
	take_ba();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
