/*
 * As alike_round_holding, but in the fortieth round the other one takes a when it has posted: so
 * whoever has that first, both go on.
 */
/* EXPECT none */
#include "together.h"
#include <semaphore.h>

static sem_t posted;

static void *post(void *argument)
{
	run_c(NULL);
	sem_post(&posted);
	return argument;
}

static void *await(void *argument)
{
	CHECK(sem_wait(&posted) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	return end(argument);
}

static void *post_before(void *argument)
{
	stage_reach(1);
	sem_post(&posted);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return end(argument);
}

static void *await_holding(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	CHECK(sem_wait(&posted) == 0);
	pthread_mutex_unlock(&a);
	return end(argument);
}

int main(void)
{
	CHECK(sem_init(&posted, 0, 0) == 0);
	for (int i = 0; i < ROUNDS; i++) {
		if (i == ODD_ROUND)
			run_together(post_before, await_holding, NULL);
		else
			run_together(post, await, NULL);
	}
	return 0;
}
