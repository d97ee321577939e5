/*
 * One thread takes many locks, gives half of them back, those that it took first, and takes another
 * one while it has the rest. The other takes that one, then one of the rest: opposite orders. That
 * is potential: it is not known what else a thread had where it gave locks back in such an order.
 */
/* EXPECT lock-order potential first second */
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
	pthread_mutex_lock(&other); /* @first */
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
	pthread_mutex_lock(&held[ALL - 1]); /* @second */
	pthread_mutex_unlock(&held[ALL - 1]);
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
