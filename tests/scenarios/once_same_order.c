/*
 * A near miss of once_inversion.c: the once is called with m held, and its initialiser takes
 * another lock, which is taken after the once, or after m, elsewhere too. One order.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
}

static void *both(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise);
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(both, both);
	return 0;
}
