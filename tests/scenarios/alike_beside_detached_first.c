/*
 * Threads of which each second one is detached, and lives on beside the next. Of the hundred that
 * are joined the last one is the first to take b, a; the detached ones before took a, b.
 */
/* EXPECT lock-order feasible first second */
#include "joined_and_detached.h"

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

APART static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static int over;

static void *run(void *argument)
{
	if (!argument)
		return run_cd(NULL);
	stage_await_in(&over, ROUNDS - 1);
	take_ba();
	return NULL;
}

static void *run_after(void *argument)
{
	stage_await((int)(intptr_t)argument + 1);
	run_ab(NULL);
	__atomic_add_fetch(&over, 1, __ATOMIC_RELEASE);
	return NULL;
}

int main(void)
{
	static int last;

	for (int round = 0; round < ROUNDS - 1; round++) {
		finish(start(run, NULL));
		stage_reach(round);
		CHECK(pthread_detach(start(run_after, (void *)(intptr_t)round)) == 0);
	}
	stage_reach(ROUNDS);
	finish(start(run, &last));
	return 0;
}
