/*
 * A near miss of join_holding.c: worker only tries m. When main has it, worker goes on without it,
 * and ends.
 */
/* EXPECT join-order discharged try-lock hold join take */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	if (pthread_mutex_trylock(&m) == 0) /* @take */
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
