/*
 * Two thousand threads in turn, each with a mutex on its stack.
 */
/* EXPECT none */
/* THREADS 2001 */
/* TRACE <=128 */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *argument)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&other);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&other);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 2000; i++)
		finish(start(work, NULL));
	return 0;
}
