/*
 * The near miss of alike_one_at_a_time.c: once two of them run at the same time.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 102 */
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

static void *run_both(void *argument)
{
	stage_await((int)(intptr_t)argument);
	take_ab();
	take_ba();
	stage_reach(2);
	return argument;
}

int main(void)
{
	stage_reach(2);
	for (int round = 0; round < 100; round++) {
		pthread_t first, second = pthread_self();

		stage_reach(1);
		first = start(run_both, (void *)1);
		if (round == 50)
			second = start(run_both, (void *)2);
		finish(first);
		if (round == 50)
			finish(second);
	}
	return 0;
}
