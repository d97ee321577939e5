/*
 * As come_timed.c, but in this run thread two comes when thread one is ready, and does not wait.
 */
/* EXPECT lock-order discharged sync-order first second */
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
	take_ab();
	say_ready();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	set_limit(&until);
	stage_await(1);
	pthread_mutex_lock(&m);
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
