/*
 * As in wait_holding_pool_asked_data, but the parent tells it before it takes m: then it may take
 * the one unit while the other is not yet made.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;
static pthread_mutex_t data = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void tell(void)
{
	pthread_mutex_lock(&data);
	ready = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&data);
}

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
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
	stage_await(2);
	pthread_mutex_lock(&data);
	while (!ready)
		pthread_cond_wait(&changed, &data);
	pthread_mutex_unlock(&data);
	sem_wait(&units);
	return argument;
}

int main(void)
{
	pthread_t others[3];

	sem_init(&units, 0, 0);
	others[0] = start(worker, NULL);
	others[1] = start(spare, NULL);
	others[2] = start(later, NULL);
	stage_await(1);
	tell();
	stage_reach(2);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	for (int i = 0; i < 3; i++)
		finish(others[i]);
	return 0;
}
