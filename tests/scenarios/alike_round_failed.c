/*
 * A thread of one of the rounds cannot be created. While those of a later one are there, main takes
 * b, a.
 */
/* EXPECT lock-order feasible first second */
#include "round_failed.h"

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return end(argument);
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
	for (int i = 0; i < ROUNDS; i++) {
		run_four(run_ab, i == ODD_ROUND, i == ODD_ROUND + 5 ? take_ba : NULL);
	}
	return 0;
}
