/*
 * The near miss of once_cancelled.c: the clean-up handler that takes m was pushed by the
 * initialiser itself. It runs while the thread still is in the once, which is made as new only
 * when its frame is left.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int runs;

static void clean_up(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
}

static void initialise(void)
{
	pthread_cleanup_push(clean_up, NULL);
	if (++runs == 1) {
		stage_reach(1);
		for (;;)
			pause();
	}
	pthread_cleanup_pop(0);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise); /* @second */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second = start(two, NULL);

	stage_await(1);
	CHECK(pthread_cancel(first) == 0);
	finish(first);
	stage_reach(2);
	finish(second);
	return 0;
}
