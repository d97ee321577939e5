/*
 * Another near miss of once_inversion.c: the second thread's creator has been through the once
 * before it created the thread. So the once is complete whenever that thread comes, although the
 * thread that ran the initialiser is ordered neither before nor after it.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second;

	stage_await(1);
	pthread_once(&once, initialise);
	second = start(two, NULL);
	finish(first);
	finish(second);
	return 0;
}
