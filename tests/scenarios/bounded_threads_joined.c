/*
 * Twenty thousand threads in turn, each joined before the next one is made, and all do the same:
 * nothing that comes later tells one from the other. So the trace is not longer than that of a few.
 */
/* EXPECT none */
/* THREADS 20001 */
/* ACQUISITIONS 40000 */
/* TRACE <=256 */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *argument)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 20000; i++)
		finish(start(work, NULL));
	return 0;
}
