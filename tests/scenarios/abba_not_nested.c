/*
 * A near miss of abba.c: the locks are taken in opposite orders, but never one while the other is
 * held. A thread that waits holds nothing, so nobody waits for it.
 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
