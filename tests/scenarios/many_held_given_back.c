/*
 * The near miss of many_held.c: what the other thread takes is one of those that the first one gave
 * back before. It has not had both at once, so that a circle needs a lock in between, and a third
 * thread, which is not there.
 */
/* EXPECT clean */
#include "scenario.h"

enum { ALL = 40 };

static pthread_mutex_t held[ALL];
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	for (int i = 0; i < ALL; i++)
		pthread_mutex_lock(&held[i]);
	for (int i = 0; i < ALL / 2; i++)
		pthread_mutex_unlock(&held[i]);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	for (int i = ALL / 2; i < ALL; i++)
		pthread_mutex_unlock(&held[i]);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(&held[ALL / 2 - 1]);
	pthread_mutex_unlock(&held[ALL / 2 - 1]);
	pthread_mutex_unlock(&other);
	return argument;
}

int main(void)
{
	for (int i = 0; i < ALL; i++)
		pthread_mutex_init(&held[i], NULL);
	run_two(one, two);
	return 0;
}
