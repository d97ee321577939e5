/*
 * The near miss of alike_round_outlived.c: there are no later ones.
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
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread;

	for (int i = 0; i < ROUNDS; i++)
		run_together(run_ab, run_c, NULL);
	thread = start(other, NULL);
	stage_reach(1);
	finish(thread);
	return 0;
}
