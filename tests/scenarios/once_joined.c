/*
 * A near miss of once_inversion.c: the thread that ran the initialiser has been joined before the
 * other calls the once, with m held.
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
	return argument;
}

int main(void)
{
	finish(start(one, NULL));
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise);
	pthread_mutex_unlock(&m);
	return 0;
}
