/*
 * One thread sleeps and holds nothing; another holds the lock all the time, and works. It calls
 * nothing that blocks.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int slept;

static void *work(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!__atomic_load_n(&slept, __ATOMIC_ACQUIRE))
		;
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t worker = start(work, NULL);

	stage_await(1);
	usleep(150000);
	__atomic_store_n(&slept, 1, __ATOMIC_RELEASE);
	finish(worker);
	return 0;
}
