/*
 * As gate_of_creator.c, but the helper has another thread do the work, and joins it: all of that is
 * inside the helper's life.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *help(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *one(void *argument)
{
	for (int i = 0; i < 3; i++) {
		pthread_mutex_lock(&gate);
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b); /* @first */
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
		pthread_mutex_unlock(&gate);
	}
	stage_reach(1);
	return argument;
}

static void *hand_on(void *argument)
{
	finish(start(help, NULL));
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 3; i++) {
		pthread_t helper;

		pthread_mutex_lock(&gate);
		helper = start(hand_on, NULL);
		finish(helper);
		pthread_mutex_unlock(&gate);
	}
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
