/*
 * Five hundred rounds: the parent takes a, b, then creates and joins a thread that takes b, a. In
 * every round the sides are ordered, and between rounds as well. However many rounds there are, no
 * two sides overlap.
 */
/* EXPECT lock-order discharged thread-order first second */
/* ACQUISITIONS 2000 */
/* THREADS 501 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

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

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	for (int round = 0; round < 500; round++) {
		take_ab();
		finish(start(run_ba, NULL));
	}
	return 0;
}
