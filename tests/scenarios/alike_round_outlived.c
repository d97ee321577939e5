/*
 * After the fortieth round main makes a thread that takes b, a while the later ones are there.
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
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread = 0;

	for (int i = 0; i < ROUNDS; i++) {
		if (i == ODD_ROUND)
			thread = start(other, NULL);
		run_together(run_ab, run_c, NULL);
	}
	stage_reach(1);
	finish(thread);
	return 0;
}
