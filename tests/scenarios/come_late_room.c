/*
 * A place that holds one thing. Other puts one in; thread one takes it out, after a, b, and says
 * that there is room; thread two puts one in, once there is room, and takes b, a. In this run there
 * was some, as thread one had been there. But there is room from the beginning: thread two may be
 * the first.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static bool full;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

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
	while (!full)
		pthread_cond_wait(&filled, &m);
	full = false;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void put_in(void)
{
	pthread_mutex_lock(&m);
	while (full)
		pthread_cond_wait(&changed, &m);
	full = true;
	pthread_cond_signal(&filled);
	pthread_mutex_unlock(&m);
}

static void *other(void *argument)
{
	put_in();
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	put_in();
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t third = start(other, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
