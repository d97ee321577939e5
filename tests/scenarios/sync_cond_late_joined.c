/*
 * Thread one makes true what thread two waits for, joins thread other, which takes a, b, and
 * signals then. Had thread two come meanwhile, it would not have waited.
 */
/* EXPECT lock-order potential first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;
static pthread_t third;

static void *other(void *argument)
{
	stage_await(2);
	take_both(&a, &b); /* @first */
	return argument;
}

static void *one(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	ready = true;
	pthread_mutex_unlock(&m);
	stage_reach(2);
	finish(third);
	pthread_cond_signal(&changed);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	third = start(other, NULL);
	run_two(one, two);
	return 0;
}
