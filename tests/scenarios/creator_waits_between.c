/*
 * The near miss of creator_waits_later.c: main waits before it creates thread two, which is there
 * only when thread one has given both locks back.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool done;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	stage_await(1);
	pthread_mutex_lock(&m);
	done = true;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second;

	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!done)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	second = start(two, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}
