/* In each round the second thread takes b, a when the first one has come to the barrier, and so has
 * done with a, b. */
/* EXPECT lock-order discharged sync-order first second */
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
	run_rounds(run_ba);
	return 0;
}
