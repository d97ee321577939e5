/* A thread is joined after it was detached. */
/* EXPECT double-join misuse act cause */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	stage_await(2);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_detach(thread);	    /* @cause */
	pthread_join(thread, NULL); /* @act */
	stage_reach(2);
	return 0;
}
