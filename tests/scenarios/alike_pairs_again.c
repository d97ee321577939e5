/*
 * The near miss of alike_pairs_before.c: there are two at a time once more.
 */
/* EXPECT lock-order feasible first second third */
/* THREADS 32 */
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
		const int count = round < 9 || round == 15 ? 2 : 1;

		for (int i = 0; i < count; i++)
			threads[i] = start(run_ab_bc, NULL);
		for (int i = 0; i < count; i++)
			finish(threads[i]);
		if (round == 9)
			other = start(run_ca, NULL);
		usleep(1000);
	}
	finish(other);
	return 0;
}
