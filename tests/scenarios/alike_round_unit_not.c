/*
 * The near miss of alike_round_unit.c: main has done with a, b when it posts. If the other thread
 * took the unit of a round, that would hang, and main would not come to a, b. So there is no
 * deadlock; but that is told of no semaphore by which rounds left nothing.
 */
/* EXPECT lock-order potential first second */
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
	take_ab();
	stage_reach(1);
	CHECK(sem_post(&posted) == 0);
	finish(thread);
	return 0;
}
