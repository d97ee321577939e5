/*
 * A thread sleeps for 150 ms while it holds a lock. Who wants the lock waits as long, for nothing.
 */
/* EXPECT blocking-under-lock misuse call held */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&m); /* @held */
	usleep(150000);		/* @call */
	pthread_mutex_unlock(&m);
	finish(start(other, NULL));
	return 0;
}
