/*
 * A hundred times sixty threads side by side, all joined before the next ones are made. What the
 * trace has for those that are alive at once, 11 KiB for each, is there once, not for each round.
 */
/* EXPECT none */
/* THREADS 6001 */
/* ACQUISITIONS 12000 */
/* TRACE <=1024 */
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
	for (int i = 0; i < 100; i++) {
		pthread_t threads[60];

		for (int k = 0; k < 60; k++)
			threads[k] = start(work, NULL);
		for (int k = 0; k < 60; k++)
			finish(threads[k]);
	}
	return 0;
}
