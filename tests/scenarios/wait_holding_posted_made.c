/*
 * The near miss of wait_holding_posted.c: the worker makes the lock, and takes it, before the
 * parent knows where it is.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t *shared;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_t *mutex = malloc(sizeof(*mutex));

	pthread_mutex_init(mutex, NULL);
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
	__atomic_store_n(&shared, mutex, __ATOMIC_RELEASE);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_mutex_t *mutex;
	pthread_t thread;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	while (!(mutex = __atomic_load_n(&shared, __ATOMIC_ACQUIRE)))
		usleep(1000);
	pthread_mutex_lock(mutex);
	sem_wait(&done);
	pthread_mutex_unlock(mutex);
	finish(thread);
	free(mutex);
	return 0;
}
