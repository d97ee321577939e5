/*
 * As sync_cond_in_vain_one.c, but what thread two looks for is made true by a third thread, which
 * leaves it to thread one to signal. When it does so before the first signal, thread two goes on
 * while thread one takes a, b.
 */
/* EXPECT lock-order potential first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void signal_once(void)
{
	pthread_mutex_lock(&m);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	stage_await(1);
	signal_once();
	stage_await(2);
	take_both(&a, &b); /* @first */
	stage_await(3);
	signal_once();
	return argument;
}

static void *third(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m);
	ready = true;
	pthread_mutex_unlock(&m);
	stage_reach(3);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready) {
		pthread_cond_wait(&changed, &m);
		if (!ready)
			stage_reach(2);
	}
	pthread_mutex_unlock(&m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_t maker = start(third, NULL);

	run_two(one, two);
	finish(maker);
	return 0;
}
