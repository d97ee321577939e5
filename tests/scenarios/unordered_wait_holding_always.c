/*
 * The parent takes all units of a semaphore with m held, more than are kept of a thread. Nobody
 * else takes m, so nothing can happen; that the later ones are not judged is said all the same.
 */
/* EXPECT none */
/* UNORDERED =1 */
#include "scenario.h"

#include <semaphore.h>

enum { UNITS = 300 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t work;

static void *worker(void *argument)
{
	for (int i = 0; i < UNITS; i++)
		sem_post(&work);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&work, 0, 0) == 0);
	thread = start(worker, NULL);
	for (int i = 0; i < UNITS; i++) {
		pthread_mutex_lock(&m);
		CHECK(sem_wait(&work) == 0);
		pthread_mutex_unlock(&m);
	}
	finish(thread);
	return 0;
}
