/*
 * Rounds in which a thread is joined before the next one is made, which takes b, a; but once they
 * are made together, and joined in the same order.
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
	stage_await_in(&done, 2);
	take_ba();
	return argument;
}

__attribute__((noinline)) static void run_both(int together)
{
	pthread_t third, first, second;

	done = 0;
	third = start(run_c, NULL);
	first = start(run_ab, NULL);

	if (!together)
		finish(first);
	second = start(other, NULL);
	if (together)
		finish(first);
	finish(second);
	finish(third);
}

int main(void)
{
	for (volatile int i = 0; i < ROUNDS; i++)
		run_both(i == ODD_ROUND);
	return 0;
}
