/*
 * main joins forty workers with m held, each of which takes m: one bug, however many threads show
 * it. Workers are told apart by what they run, not by their number.
 */
/* EXPECT join-order feasible hold join take */
/* INSTANCES 40 */
#include "scenario.h"

#define WORKERS 40

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_advance();
	return argument;
}

int main(void)
{
	pthread_t threads[WORKERS];

	for (int i = 0; i < WORKERS; i++)
		threads[i] = start(worker, NULL);
	stage_await(WORKERS);
	pthread_mutex_lock(&m); /* @hold */
	for (int i = 0; i < WORKERS; i++)
		pthread_join(threads[i], NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}
