/*
 * A near miss of join_holding.c: worker creates last after it was done with m, and main has joined
 * last before it takes m. So worker is past its lock whenever main waits for it.
 */
/* EXPECT join-order discharged thread-order hold join take */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t late;

static void *last(void *argument)
{
	return argument;
}

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	late = start(last, NULL);
	turn_pass(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	turn_await(1);
	pthread_join(late, NULL);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}
