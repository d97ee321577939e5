/*
 * A semaphore that stands for the end of a thread: the thread takes it when it begins and gives it
 * back at its end, which another thread waits for. That the thread sleeps meanwhile is what it is
 * there for. (CPython has such a lock for each thread.)
 */
/* EXPECT none */
#include "scenario.h"
#include <semaphore.h>

static sem_t alive;

static void *work(void *argument)
{
	CHECK(sem_wait(&alive) == 0);
	stage_reach(1);
	usleep(150000);
	CHECK(sem_post(&alive) == 0);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&alive, 0, 1) == 0);
	thread = start(work, NULL);
	stage_await(1);
	CHECK(sem_wait(&alive) == 0);
	CHECK(sem_post(&alive) == 0);
	finish(thread);
	return 0;
}
