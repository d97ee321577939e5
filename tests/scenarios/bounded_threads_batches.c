/*
 * Two thousand times eight threads side by side, all joined before the next eight are made.
 */
/* EXPECT none */
/* THREADS 16001 */
/* ACQUISITIONS 32000 */
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
	for (int i = 0; i < 2000; i++) {
		pthread_t threads[8];

		for (int k = 0; k < 8; k++)
			threads[k] = start(work, NULL);
		for (int k = 0; k < 8; k++)
			finish(threads[k]);
	}
	return 0;
}
