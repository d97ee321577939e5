/*
 * Both orders, in one and the same thread, which is the only one to take these locks. A thread
 * cannot be in two places: the locks it wants are free, or its own by design.
 */
/* EXPECT lock-order discharged single-thread first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *both(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *idle(void *argument)
{
	return argument;
}

int main(void)
{
	run_two(both, idle);
	return 0;
}
