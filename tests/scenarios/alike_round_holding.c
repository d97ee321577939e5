/*
 * Rounds of two threads: one posts a semaphore that the other one waits for. In the fortieth the
 * one that waits has a, which the other one takes before it posts: if it has that first, neither
 * goes on. What the other rounds did is like nothing of that.
 */
/* EXPECT wait-holding potential hold wait take */
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

static void *post_after(void *argument)
{
	pthread_mutex_lock(&a); /* @take */
	pthread_mutex_unlock(&a);
	stage_reach(1);
	sem_post(&posted);
	return end(argument);
}

static void *await_holding(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);	       /* @hold */
	CHECK(sem_wait(&posted) == 0); /* @wait */
	pthread_mutex_unlock(&a);
	return end(argument);
}

int main(void)
{
	CHECK(sem_init(&posted, 0, 0) == 0);
	for (int i = 0; i < ROUNDS; i++) {
		if (i == ODD_ROUND)
			run_together(post_after, await_holding, NULL);
		else
			run_together(post, await, NULL);
	}
	return 0;
}
