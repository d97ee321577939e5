/*
 * Like join_holding.c, but worker takes m three locks deep, in a function of its own. At whatever
 * depth it waits, it has not ended.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t y = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void put(void)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
}

static void *worker(void *argument)
{
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&y);
	put();
	pthread_mutex_unlock(&y);
	pthread_mutex_unlock(&x);
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
