/*
 * Three threads, three mutexes: a then b, b then c, c then a. No two of them alone can deadlock;
 * all three together, each with its first lock, do.
 */
/* EXPECT lock-order feasible one two three */
/* ACQUISITIONS 6 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
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
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&a); /* @three */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	void *(*const sides[])(void *) = {one, two, three};
	pthread_t threads[3];

	for (int i = 0; i < 3; i++)
		threads[i] = start(sides[i], NULL);
	for (int i = 0; i < 3; i++)
		finish(threads[i]);
	return 0;
}
