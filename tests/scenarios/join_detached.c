/*
 * A near miss of join_holding.c: worker is detached, and nobody joins it. main holds m for a while
 * and gives it back.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	turn_pass(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	CHECK(pthread_detach(thread) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	turn_await(1);
	return 0;
}
