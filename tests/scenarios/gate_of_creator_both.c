/*
 * The near miss of gate_of_creator.c: both threads are created and joined under one hold of the
 * gate, so they are at work at the same time.
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

static void *work(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *help_later(void *argument)
{
	stage_await(1);
	return help(argument);
}

int main(void)
{
	pthread_mutex_lock(&gate);
	run_two(work, help_later);
	pthread_mutex_unlock(&gate);
	return 0;
}
