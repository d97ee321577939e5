/*
 * Rounds of two threads: one posts a semaphore that the other one waits for. What others do with it
 * when these are over, is for the scenario to say.
 */
#ifndef ALIKE_ROUND_OUTSIDE_H
#define ALIKE_ROUND_OUTSIDE_H

#include "scenario.h"
#include <semaphore.h>

enum { ROUNDS = 40 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static sem_t posted;

static void *post(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	sem_post(&posted);
	return argument;
}

static void *await(void *argument)
{
	CHECK(sem_wait(&posted) == 0);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	return argument;
}

static void run_rounds(void)
{
	for (int i = 0; i < ROUNDS; i++)
		run_two(post, await);
}

#endif
