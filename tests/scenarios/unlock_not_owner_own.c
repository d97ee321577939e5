/* The same worker, which unlocks its mutex itself: nothing is wrong. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	stage_reach(2);
	finish(thread);
	return 0;
}
