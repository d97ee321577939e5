/*
 * Threads of two kinds in turn, one of which takes a, b, that processes share. When fifty of each
 * have been joined, their creator forks a child that takes b, a: those that come after it can be
 * there at the same time. (No schedule of several processes is looked for.)
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "alike_kinds.h"
#include "shared_pair.h"

static void *run_ab(void *argument)
{
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	return argument;
}

static void take_ba(void)
{
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

int main(void)
{
	pid_t child = 0;

	make_shared();
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
	for (int round = 0; round < ROUNDS; round++) {
		if (round == ODD_ROUND) {
			__atomic_store_n(&shared->stage, 0, __ATOMIC_RELEASE);
			child = run(take_ba);
		}
		finish(start(run_ab, NULL));
		finish(start(run_cd, NULL));
	}
	CHECK(reap(child) == 0);
	return 0;
}
