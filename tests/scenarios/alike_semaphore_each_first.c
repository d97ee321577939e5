/*
 * Threads in turn, each with a semaphore of its own that it posts for its creator. One in the
 * middle also posts what another thread waits for with m held, before it takes m itself: whoever
 * has m first, the waiter is let go on.
 */
/* EXPECT none */
#include "semaphore_rounds.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t wanted;

static void *work(void *argument)
{
	struct round_of *it = argument;

	nest();
	if (it->odd) {
		sem_post(&wanted);
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
	}
	sem_post(it->begun);
	return NULL;
}

static void *waiter(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	sem_wait(&wanted);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t waiting;

	CHECK(sem_init(&wanted, 0, 0) == 0);
	waiting = start(waiter, NULL);
	run_rounds(1000, 500, work);
	stage_reach(1);
	finish(waiting);
	return 0;
}
