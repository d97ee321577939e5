/*
 * A thread is cancelled in the initialiser. POSIX pthread_once: if init_routine is a cancellation
 * point and the thread is cancelled in it, it is as if pthread_once had never been called. When the
 * thread's own clean-up handler takes m, the once is not held any more. So "m, then the once" of
 * the other thread, which runs the initialiser to its end, is the only order.
 */
/* EXPECT none */
/* OUTPUT 2 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int runs;

static void initialise(void)
{
	if (++runs == 1) {
		stage_reach(1);
		for (;;)
			pause();
	}
}

static void clean_up(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	pthread_cleanup_push(clean_up, NULL);
	pthread_once(&once, initialise);
	pthread_cleanup_pop(0);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise);
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
	printf("%d\n", runs);
	return 0;
}
