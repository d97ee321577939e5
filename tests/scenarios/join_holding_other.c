/* A near miss of join_holding.c: worker takes another lock than the one that main holds. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_mutex_lock(&m);
	pthread_join(thread, NULL);
	pthread_mutex_unlock(&m);
	return 0;
}
