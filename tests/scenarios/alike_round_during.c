/*
 * Once main takes b, a while the two threads of a round are there.
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

int main(void)
{
	for (int i = 0; i < ROUNDS; i++)
		run_together(run_ab, run_c, i == ODD_ROUND ? take_ba : NULL);
	return 0;
}
