/* A worker joins itself: EDEADLK (POSIX, pthread_join: may fail; glibc does). */
/* EXPECT self-join misuse act */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(pthread_join(pthread_self(), NULL) == EDEADLK); /* @act */
	return argument;
}

int main(void)
{
	finish(start(worker, NULL));
	return 0;
}
