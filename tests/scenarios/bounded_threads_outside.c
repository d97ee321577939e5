/*
 * The same as alike_round_holding_made, with four thousand rounds before, and as many afterwards:
 * these are to leave nothing, either.
 */
/* EXPECT wait-holding potential hold wait take */
/* UNORDERED 1 */
/* THREADS 16004 */
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

static void run_many(void)
{
	for (int i = 0; i < 100; i++)
		run_rounds();
}

int main(void)
{
	pthread_t maker;

	CHECK(sem_init(&posted, 0, 0) == 0);
	run_many();
	maker = start(make_waiter, NULL);
	finish(start(post_last, NULL));
	finish(maker);
	run_many();
	return 0;
}
