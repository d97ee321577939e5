/*
 * The near miss of join_semaphore.c: worker posts what main has taken, so the semaphore orders the
 * two and is nobody's lock. main has its unit, and worker needs none. The
 * mutex that main holds, too, worker does not take.
 */
/* EXPECT none */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t s;

static void *worker(void *argument)
{
	sem_post(&s);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&s, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&s);
	pthread_mutex_lock(&m);
	pthread_join(thread, NULL);
	pthread_mutex_unlock(&m);
	return 0;
}
