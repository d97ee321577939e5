/*
 * When all rounds are over, a thread makes two: one waits for the semaphore with a held, the other
 * one posts it last. Who posts it last takes a before: if the one that waits has that first,
 * neither goes on.
 */
/* EXPECT wait-holding potential hold wait take */
/* UNORDERED 1 */
/* TRACE <=64 */
#include "alike_round_outside.h"

static void *post_last(void *argument)
{
	pthread_mutex_lock(&a); /* @take */
	pthread_mutex_unlock(&a);
	stage_reach(1);
	sem_post(&posted);
	return argument;
}

static void *await_holding(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);	       /* @hold */
	CHECK(sem_wait(&posted) == 0); /* @wait */
	pthread_mutex_unlock(&a);
	return argument;
}

static void *make_both(void *argument)
{
	run_two(await_holding, post_last);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&posted, 0, 0) == 0);
	run_rounds();
	finish(start(make_both, NULL));
	return 0;
}
