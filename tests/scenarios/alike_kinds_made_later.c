/*
 * Threads of two kinds in turn. When fifty of each have been joined, another one is made, which
 * takes b, a: those that come after it can be there at the same time, though those before it
 * cannot.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 202 */
#include "alike_kinds.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ab(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
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
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t other = pthread_self();

	stage_reach(1);
	for (int round = 0; round < ROUNDS; round++) {
		if (round == ODD_ROUND) {
			stage_reach(0);
			other = start(run_ba, NULL);
		}
		finish(start(run_ab, NULL));
		finish(start(run_cd, NULL));
	}
	finish(other);
	return 0;
}
