/*
 * The near miss of alike_round_overlap.c: they never are.
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
	stage_await_in(&done, 2);
	take_ba();
	return argument;
}

__attribute__((noinline)) static void run_both(void)
{
	pthread_t third, first;

	done = 0;
	third = start(run_c, NULL);
	first = start(run_ab, NULL);

	finish(first);
	finish(start(other, NULL));
	finish(third);
}

int main(void)
{
	for (int i = 0; i < ROUNDS; i++)
		run_both();
	return 0;
}
