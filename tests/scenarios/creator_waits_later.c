/*
 * Main creates two threads, then waits for a condition that thread one signals after its last
 * acquisition. That is no order between the two: thread two was there before main waited. It takes
 * the locks the other way round, so each can have one and want the other's.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool done;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&m);
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second = start(two, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);
	stage_reach(2);
	while (!done)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
