/*
 * Rounds of two threads: one posts a semaphore that the other one waits for. When they are over
 * main posts it once more, for a thread that takes b, a then; and takes a, b itself. Each round
 * took the unit that it had put in, so in any order of things that thread has main's, as main goes
 * on.
 */
/* EXPECT lock-order feasible first second */
#include "alike_round_unit.h"

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&posted, 0, 0) == 0);
	run_rounds();
	thread = start(other, NULL);
	CHECK(sem_post(&posted) == 0);
	take_ab();
	stage_reach(1);
	finish(thread);
	return 0;
}
