/*
 * The near miss of order_spans_many.c: in one round out of five hundred, somewhere in the middle,
 * the parent takes a, b while the thread runs.
 */
/* EXPECT lock-order feasible first second */
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
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	for (int round = 0; round < 500; round++) {
		pthread_t thread;

		stage_reach(round != 250);
		take_ab();
		thread = start(run_ba, NULL);
		if (round == 250) {
			take_ab();
			stage_reach(1);
		}
		finish(thread);
	}
	return 0;
}
