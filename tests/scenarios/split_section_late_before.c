/*
 * The near miss of split_section_late.c: thread one has taken a, b before it says that it is ready.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "split_section.h"

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
	pthread_mutex_lock(&m);
	ready = true;
	await_leave();
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	stage_reach(3);
	return argument;
}

static void *two(void *argument)
{
	stage_await(3);
	await_ready();
	take_ba();
	return argument;
}

int main(void)
{
	run_all(one, two);
	return 0;
}
