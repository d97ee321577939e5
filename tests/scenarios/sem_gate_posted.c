/*
 * The near miss of sem_gate.c: the main thread, which did not take it, posts the gate once more.
 * Two threads fit through it now, and meet inside.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t gate;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	CHECK(sem_wait(&gate) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	sem_post(&gate);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&gate) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	sem_post(&gate);
	return argument;
}

int main(void)
{
	sem_init(&gate, 0, 1);
	sem_post(&gate);
	run_two(one, two);
	return 0;
}
