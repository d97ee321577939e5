/*
 * The near miss of cycle_four.c: two of the four threads, and only two, run under the same gate. A
 * deadlock needs all four in the middle at once, and two of them never are (Havelund's Goodlock,
 * SPIN 2000: the sets of locks held must be disjoint for each pair).
 */
/* EXPECT lock-order discharged gate-lock one two three four */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t d = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&gate);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @two */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	return argument;
}

static void *three(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&d); /* @three */
	pthread_mutex_unlock(&d);
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&gate);
	stage_reach(3);
	return argument;
}

static void *four(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&d);
	pthread_mutex_lock(&a); /* @four */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&d);
	return argument;
}

int main(void)
{
	void *(*const sides[])(void *) = {one, two, three, four};
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		threads[i] = start(sides[i], NULL);
	for (int i = 0; i < 4; i++)
		finish(threads[i]);
	return 0;
}
