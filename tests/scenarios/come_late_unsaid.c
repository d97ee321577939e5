/*
 * Another near miss of come_late_settings.c: main sets ready under its own mutex, but signals
 * nothing, as nobody can wait yet.
 */
/* EXPECT lock-order potential first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_mutex_unlock(&m);
	run_two(one, two);
	return 0;
}
