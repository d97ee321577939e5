/*
 * once_inversion.c, where the second thread really has to wait: it comes, with m held, while the
 * first is in the initialiser, which is done with m by then.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int runs;

static void initialise(void)
{
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	runs++;
	stage_reach(1);
	stage_await(2);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise);
	CHECK(runs == 1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	stage_reach(2);
	pthread_once(&once, initialise); /* @second */
	CHECK(runs == 1);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
