/*
 * The near miss of alike_round_pair.c: they never are.
 */
/* EXPECT lock-order discharged thread-order first second */
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
	}
	return 0;
}
