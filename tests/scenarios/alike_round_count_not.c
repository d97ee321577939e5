/* After each round but the last: it has done with a, b before all have been counted. Nothing is
 * told of the order by a condition of which rounds left nothing; but it is no deadlock. */
/* EXPECT lock-order potential first second */
#include "alike_round_count.h"

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
	run_rounds(ROUNDS - 1);
	return 0;
}
