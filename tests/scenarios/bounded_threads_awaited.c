/*
 * Five thousand rounds of two threads that each post a unit, which their creator takes before it
 * joins them, and does something itself then.
 */
/* EXPECT none */
/* THREADS 10001 */
/* TRACE <=256 */
#include "alike_round_awaited.h"

static void nest(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *work(void *argument)
{
	(void)argument;
	nest();
	return post();
}

int main(void)
{
	CHECK(sem_init(&there, 0, 0) == 0);
	for (int round = 0; round < 5000; round++) {
		for (int i = 0; i < 2; i++)
			made[i] = start(work, NULL);
		take(2);
		nest();
		end_round();
	}
	return 0;
}
