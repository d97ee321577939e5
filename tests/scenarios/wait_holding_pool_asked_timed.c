/*
 * Two threads make a unit each, one of them under m first. Whoever takes the other unit does that
 * only when it got another one in time, which the parent makes after it has taken its own.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&units);
	stage_reach(1);
	return argument;
}

static void *spare(void *argument)
{
	sem_post(&units);
	return argument;
}

static void *later(void *argument)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 60;
	if (sem_timedwait(&done, &until) == 0)
		sem_wait(&units);
	return argument;
}

int main(void)
{
	pthread_t others[3];

	sem_init(&units, 0, 0);
	sem_init(&done, 0, 0);
	others[0] = start(worker, NULL);
	others[1] = start(spare, NULL);
	others[2] = start(later, NULL);
	stage_await(1);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	sem_post(&done);
	for (int i = 0; i < 3; i++)
		finish(others[i]);
	return 0;
}
