/*
 * Twenty thousand threads of two kinds in turn, each joined before the next one is made, while
 * another one lives all the time; when none of them lives, their creator takes two locks, too. What
 * is at the same time as one of them is at the same time as the first of its kind. So the trace is
 * not longer than that of a few.
 */
/* EXPECT none */
/* THREADS 20002 */
/* ACQUISITIONS 80004 */
/* TRACE <=256 */
#include "scenario.h"

enum { ROUNDS = 10000 };

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t innermost = PTHREAD_MUTEX_INITIALIZER;

static void take(pthread_mutex_t *first, pthread_mutex_t *second)
{
	pthread_mutex_lock(first);
	pthread_mutex_lock(second);
	pthread_mutex_unlock(second);
	pthread_mutex_unlock(first);
}

static void *ask(void *argument)
{
	take(&outer, &inner);
	return argument;
}

static void *answer(void *argument)
{
	take(&inner, &innermost);
	return argument;
}

static void *live(void *argument)
{
	take(&outer, &innermost);
	turn_await(1);
	take(&outer, &innermost);
	return argument;
}

int main(void)
{
	pthread_t other = start(live, NULL);

	for (int i = 0; i < ROUNDS; i++) {
		finish(start(ask, NULL));
		take(&outer, &innermost);
		finish(start(answer, NULL));
		take(&outer, &inner);
	}
	turn_pass(1);
	finish(other);
	return 0;
}
