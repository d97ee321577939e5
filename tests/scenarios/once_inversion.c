/*
 * The initialiser of a once takes m; another thread calls the once with m held. POSIX pthread_once:
 * on return, init_routine shall have completed; so who comes while it runs waits for it. Had the
 * second thread come a little earlier, it would wait, with m, for an initialiser that wants m. That
 * the once happened to be complete when it came is chance: nothing orders the two threads.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise); /* @first-hold */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);		 /* @second-hold */
	pthread_once(&once, initialise); /* @second */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
