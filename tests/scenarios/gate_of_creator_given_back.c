/*
 * The near miss of gate_of_creator.c: the gate is given back and taken again between the create and
 * the join, so the helper may be at work while thread one has it.
 */
/* EXPECT lock-order potential first second */
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

static void *two(void *argument)
{
	stage_await(1);
	for (int i = 0; i < 3; i++) {
		pthread_t helper;

		pthread_mutex_lock(&gate);
		helper = start(help, NULL);
		pthread_mutex_unlock(&gate);
		pthread_mutex_lock(&gate);
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
