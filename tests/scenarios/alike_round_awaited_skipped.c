/*
 * Rounds of two threads that each post: their creator takes both units if it sees that both are
 * there, and goes on without otherwise. In this run they were each time. If they come too late each
 * time, a thousand units are left: then it may take b, a before the last two have been posted.
 */
/* EXPECT lock-order potential first second */
#include "alike_round_awaited.h"

static void *run(void *argument)
{
	(void)argument;
	return post();
}

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
	for (int round = 0; round < 5 * ROUNDS; round++) {
		begin_round(run);
		stage_await_in(&done, 2);
		if (__atomic_load_n(&done, __ATOMIC_ACQUIRE) == 2)
			take(2);
		end_round();
	}
	begin_round(run_ab);
	take(2);
	take_ba();
	end_round();
	return 0;
}
