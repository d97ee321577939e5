/*
 * Threads that are joined, detached by their creator, by themselves, from the start; and one that
 * runs until the process ends.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	if (argument)
		CHECK(pthread_detach(pthread_self()) == 0);
	pthread_mutex_lock(&m);
	stage_advance();
	pthread_mutex_unlock(&m);
	return NULL;
}

static void *forever(void *argument)
{
	pthread_mutex_lock(&m);
	stage_advance();
	pthread_mutex_unlock(&m);
	for (;;)
		pause();
	return argument;
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	finish(start(worker, NULL));
	CHECK(pthread_detach(start(worker, NULL)) == 0);
	start(worker, &m);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	CHECK(pthread_create(&thread, &attributes, worker, NULL) == 0);
	start(forever, NULL);
	stage_await(5);
	return 0;
}
