/*
 * A near miss of join_holding.c: the thread that takes m has been joined before main takes it; the
 * one that main joins with m held takes nothing.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *idle(void *argument)
{
	return argument;
}

int main(void)
{
	pthread_t one = start(worker, NULL), two = start(idle, NULL);

	pthread_join(one, NULL);
	pthread_mutex_lock(&m);
	pthread_join(two, NULL);
	pthread_mutex_unlock(&m);
	return 0;
}
