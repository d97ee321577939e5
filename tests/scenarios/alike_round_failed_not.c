/*
 * The near miss of alike_round_failed.c: main takes b, a when those of the later round have been
 * joined.
 */
/* EXPECT lock-order discharged thread-order first second */
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
		run_four(run_ab, i == ODD_ROUND, NULL);
		if (i == ODD_ROUND + 5)
			take_ba();
	}
	return 0;
}
