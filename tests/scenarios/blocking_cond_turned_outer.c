/*
 * As blocking_cond_turned, but the main thread holds a mutex, too, which the other one takes
 * later.
 */
/* EXPECT blocking-under-lock misuse call outer */
#include "scenario.h"
#include <semaphore.h>

static sem_t room;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, m = PTHREAD_MUTEX_INITIALIZER;
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
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&room, 0, 1) == 0);
	CHECK(sem_wait(&room) == 0);
	pthread_mutex_lock(&a); /* @outer */
	thread = start(other, NULL);
	pthread_mutex_lock(&m);
	while (!done)
		pthread_cond_wait(&cond, &m); /* @call */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&a);
	finish(thread);
	return 0;
}
