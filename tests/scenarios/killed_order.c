/*
 * The near miss of killed_kill.c: one order. A process that was killed can have a clean verdict.
 */
/* EXPECT none */
/* EXIT SIGKILL */
/* ACQUISITIONS 5 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	pthread_mutex_lock(&a);
	raise(SIGKILL);
	return 1;
}
