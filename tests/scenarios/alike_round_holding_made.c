/*
 * When all rounds are over, a thread that another one makes waits for the semaphore with a held.
 * Who posts it last takes a before: if the one that waits has that first, neither goes on.
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

static void *make_waiter(void *argument)
{
	finish(start(await_holding, NULL));
	return argument;
}

int main(void)
{
	pthread_t maker;

	CHECK(sem_init(&posted, 0, 0) == 0);
	run_rounds();
	maker = start(make_waiter, NULL);
	finish(start(post_last, NULL));
	finish(maker);
	return 0;
}
