/*
 * Threads of which each second one is detached, and lives on beside the next. One of those, which
 * is made when fifty have been joined, takes b, a when all have: until then it was beside them.
 */
/* EXPECT lock-order feasible first second */
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
	stage_await(ROUNDS);
	take_ba();
	stage_reach(ROUNDS + 1);
	return argument;
}

int main(void)
{
	for (int round = 0; round < ROUNDS; round++) {
		run_round(round, run_ab);
		if (round == ODD_ROUND)
			CHECK(pthread_detach(start(run_ba, NULL)) == 0);
	}
	stage_reach(ROUNDS);
	stage_await(ROUNDS + 1);
	return 0;
}
