/*
 * A thread waits with a mutex that another thread has locked: undefined, as in
 * cond_wait_unlocked.c. (glibc unlocks it under that thread's hands.)
 */
/* EXPECT cond-wait-unlocked misuse act cause */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *holder(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	stage_reach(1);
	stage_await(2);
	return argument;
}

int main(void)
{
	struct timespec until = soon(CLOCK_REALTIME, 1);
	pthread_t thread = start(holder, NULL);

	stage_await(1);
	CHECK(pthread_cond_timedwait(&changed, &m, &until) == ETIMEDOUT); /* @act */
	pthread_mutex_unlock(&m);
	stage_reach(2);
	finish(thread);
	return 0;
}
