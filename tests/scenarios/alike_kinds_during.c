/*
 * Threads of two kinds in turn. Once, when their creator has made one of them and not yet joined
 * it, it takes b, a.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 201 */
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

int main(void)
{
	stage_reach(1);
	for (int round = 0; round < ROUNDS; round++) {
		pthread_t thread;

		if (round == ODD_ROUND)
			stage_reach(0);
		thread = start(run_ab, NULL);
		if (round == ODD_ROUND) {
			take_ba();
			stage_reach(1);
		}
		finish(thread);
		finish(start(run_cd, NULL));
	}
	return 0;
}
