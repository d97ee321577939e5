/*
 * A near miss of join_holding.c: with m held main only asks whether worker has ended
 * (pthread_tryjoin_np does not wait), and gives m back in between.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	int result;

	do {
		usleep(1000);
		pthread_mutex_lock(&m);
		result = pthread_tryjoin_np(thread, NULL);
		pthread_mutex_unlock(&m);
	} while (result == EBUSY);
	CHECK(result == 0);
	return 0;
}
