/*
 * Two kinds of rounds, in one of which a thread takes a, b, and in the other one another thread b,
 * a. Once these two are made together.
 */
/* EXPECT lock-order feasible first second */
#include "together.h"

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

static void *run_ab(void *argument)
{
	take_ab();
	return end(argument);
}

static void *other(void *argument)
{
	stage_await_in(&done, 1);
	take_ba();
	return end(argument);
}

int main(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		run_together(run_ab, run_c, NULL);
		run_together(other, run_c, NULL);
		if (i == ODD_ROUND)
			run_together(run_ab, other, NULL);
	}
	return 0;
}
