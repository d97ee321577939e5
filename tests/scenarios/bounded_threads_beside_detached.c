/*
 * Three thousand threads that are joined, and after each one that is detached and still there when
 * the next one is.
 */
/* EXPECT none */
/* THREADS 6001 */
/* TRACE <=256 */
#include "alike_kinds.h"

static int joined, over;

static void *run_beside(void *argument)
{
	stage_await_in(&joined, (int)(intptr_t)argument + 1);
	run_cd(NULL);
	__atomic_add_fetch(&over, 1, __ATOMIC_RELEASE);
	return NULL;
}

int main(void)
{
	for (int round = 0; round < 3000; round++) {
		finish(start(run_cd, NULL));
		__atomic_store_n(&joined, round, __ATOMIC_RELEASE);
		stage_await_in(&over, round);
		CHECK(pthread_detach(start(run_beside, (void *)(intptr_t)round)) == 0);
	}
	__atomic_store_n(&joined, 3000, __ATOMIC_RELEASE);
	stage_await_in(&over, 3000);
	return 0;
}
