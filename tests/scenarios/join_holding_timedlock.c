/* A near miss of join_holding.c: worker gives up on m after a time, and ends. */
/* EXPECT join-order discharged timed hold join take */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	if (pthread_mutex_timedlock(&m, &until) == 0) /* @take */
		pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}
