/*
 * The near miss of alike_kinds_fork.c: the next one is made when the child has ended, as their
 * creator knows.
 */
/* EXPECT lock-order discharged thread-order first second */
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
	pid_t child;

	make_shared();
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
	for (int round = 0; round < ROUNDS; round++) {
		if (round == ODD_ROUND) {
			child = run(take_ba);
			CHECK(reap(child) == 0);
		}
		finish(start(run_ab, NULL));
		finish(start(run_cd, NULL));
	}
	return 0;
}
