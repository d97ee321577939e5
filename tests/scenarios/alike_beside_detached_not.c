/*
 * The near miss of alike_beside_detached.c: it is made when the last one that takes a, b has been
 * joined.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "joined_and_detached.h"

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

APART static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ba(void *argument)
{
	take_ba();
	stage_reach(ROUNDS + 1);
	return argument;
}

int main(void)
{
	for (int round = 0; round < ROUNDS; round++)
		run_round(round, run_ab);
	stage_reach(ROUNDS);
	CHECK(pthread_detach(start(run_ba, NULL)) == 0);
	stage_await(ROUNDS + 1);
	return 0;
}
