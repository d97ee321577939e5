/*
 * Threads take a, b, then b, c: first two at a time, later only one at a time. Another one, which
 * is made after the last pair was joined, takes c, a. It needs two of them at once for a circle.
 */
/* EXPECT lock-order discharged thread-order first second third */
/* THREADS 31 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *run_ab_bc(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @second */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *run_ca(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&a); /* @third */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	pthread_t other = pthread_self(), threads[2];

	for (int round = 0; round < 20; round++) {
		const int count = round < 9 ? 2 : 1;

		for (int i = 0; i < count; i++)
			threads[i] = start(run_ab_bc, NULL);
		for (int i = 0; i < count; i++)
			finish(threads[i]);
		if (round == 9)
			other = start(run_ca, NULL);
	}
	finish(other);
	return 0;
}
