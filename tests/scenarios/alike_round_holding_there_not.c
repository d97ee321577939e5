/*
 * A thread that was there before all rounds waits for the semaphore when they are over, with a
 * held. Who posts it last takes a afterwards: whoever has that first, the semaphore is posted.
 */
/* EXPECT none */
/* UNORDERED 1 */
/* TRACE <=64 */
#include "alike_round_outside.h"

static void *post_last(void *argument)
{
	stage_reach(1);
	sem_post(&posted);
	pthread_mutex_lock(&a); /* @take */
	pthread_mutex_unlock(&a);
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

int main(void)
{
	pthread_t waiter;

	CHECK(sem_init(&posted, 0, 0) == 0);
	waiter = start(await_holding, NULL);
	run_rounds();
	finish(start(post_last, NULL));
	finish(waiter);
	return 0;
}
