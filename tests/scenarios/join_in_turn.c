/*
 * Forty threads, one after the other, each joined with m held; the last alone takes m. The others
 * are no part of it.
 */
/* EXPECT join-order feasible hold join take */
/* INSTANCES 1 */
#include "scenario.h"

#define WORKERS 40

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	if (argument) {
		pthread_mutex_lock(&m); /* @take */
		pthread_mutex_unlock(&m);
		stage_reach(1);
	}
	return argument;
}

int main(void)
{
	for (int i = 0; i < WORKERS; i++) {
		bool last = i == WORKERS - 1;
		pthread_t thread = start(worker, last ? &m : NULL);

		if (last)
			stage_await(1);
		pthread_mutex_lock(&m);	    /* @hold */
		pthread_join(thread, NULL); /* @join */
		pthread_mutex_unlock(&m);
	}
	return 0;
}
