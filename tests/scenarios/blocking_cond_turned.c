/*
 * While the main thread waits for a condition, another thread posts the semaphore that it has
 * taken, which so is no lock. Nothing is held then but the mutex that the wait gives back.
 */
/* EXPECT none */
#include "scenario.h"
#include <semaphore.h>

static sem_t room;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static bool done;

static void *other(void *argument)
{
	usleep(150000);
	CHECK(sem_post(&room) == 0);
	pthread_mutex_lock(&m);
	done = true;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&room, 0, 1) == 0);
	CHECK(sem_wait(&room) == 0);
	thread = start(other, NULL);
	pthread_mutex_lock(&m);
	while (!done)
		pthread_cond_wait(&cond, &m);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
