/*
 * As alike_round_awaited.c, in one of a thousand rounds: so many takes are not written down, and no
 * schedule is told.
 */
/* EXPECT lock-order potential first second */
#include "alike_round_awaited.h"

static void *run_ab(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return post();
}

static void take_ba(void)
{
	stage_await_in(&done, 2);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

int main(void)
{
	CHECK(sem_init(&there, 0, 0) == 0);
	for (int round = 0; round < 10 * ROUNDS; round++) {
		begin_round(run_ab);
		take(1);
		if (round == 5 * ROUNDS)
			take_ba();
		take(1);
		end_round();
	}
	return 0;
}
