/*
 * The near miss of alike_between.c: the parent does so before it joins the thread.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 101 */
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

static void *run_ab(void *argument)
{
	take_ab();
	stage_reach(1);
	return argument;
}

int main(void)
{
	for (int round = 0; round < 100; round++) {
		pthread_t thread;

		stage_reach(0);
		thread = start(run_ab, NULL);
		if (round == 50) {
			stage_await(1);
			take_ba();
		}
		finish(thread);
	}
	return 0;
}
