/*
 * The near miss of once_inversion.c: the second thread has been through the once before it takes
 * m. When it comes again, with m held, the once is complete, and it cannot have to wait.
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
	stage_await(1);
	pthread_once(&once, initialise);
	for (int i = 0; i < 3; i++) {
		pthread_mutex_lock(&m);
		pthread_once(&once, initialise);
		pthread_mutex_unlock(&m);
	}
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
