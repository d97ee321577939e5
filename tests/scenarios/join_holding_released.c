/* The near miss of join_holding.c: main gives m back before the join. It holds nothing then. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_join(thread, NULL);
	return 0;
}
