/*
 * The near miss of alike_other_between.c: it is joined after the next one was made.
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

static void *run_ab(void *argument)
{
	stage_await(1);
	take_ab();
	return argument;
}

static void *run_ba(void *argument)
{
	take_ba();
	stage_reach(1);
	return argument;
}

int main(void)
{
	stage_reach(1);
	for (int round = 0; round < 100; round++) {
		pthread_t other = pthread_self();

		if (round == 50) {
			stage_reach(0);
			other = start(run_ba, NULL);
		}
		finish(start(run_ab, NULL));
		if (round == 50)
			finish(other);
	}
	return 0;
}
