/*
 * In the fortieth round the second thread takes b, a before it comes to the barrier: while the
 * first one may take a, b.
 */
/* EXPECT lock-order feasible first second */
#include "alike_round_met.h"

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
	run_rounds(run_ba_before);
	return 0;
}
