/*
 * The near miss of alike_round_awaited.c: it has both units.
 */
/* EXPECT lock-order discharged sync-order first second */
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
	for (int round = 0; round < ROUNDS; round++) {
		begin_round(run_ab);
		take(2);
		end_round();
	}
	begin_round(run_ab);
	take(2);
	take_ba();
	end_round();
	return 0;
}
