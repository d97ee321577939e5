/*
 * In this run thread two comes when all that is over. But it may come while thread one waits, which
 * is ready then, and need not wait itself: it takes b, a while thread one takes a, b.
 */
/* EXPECT lock-order potential first second */
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
	pthread_mutex_lock(&m);
	ready = true;
	await_leave();
	take_ab();
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
