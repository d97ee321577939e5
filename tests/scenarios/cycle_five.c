/*
 * Five threads, five mutexes, each thread takes its own and then its neighbour's, all the way
 * round. Each with its first lock is a closed circle of waiting.
 */
/* EXPECT lock-order feasible one two three four five */
/* THREADS 6 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t d = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t e = PTHREAD_MUTEX_INITIALIZER;

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
	pthread_mutex_lock(&d); /* @three */
	pthread_mutex_unlock(&d);
	pthread_mutex_unlock(&c);
	stage_reach(3);
	return argument;
}

static void *four(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&d);
	pthread_mutex_lock(&e); /* @four */
	pthread_mutex_unlock(&e);
	pthread_mutex_unlock(&d);
	stage_reach(4);
	return argument;
}

static void *five(void *argument)
{
	stage_await(4);
	pthread_mutex_lock(&e);
	pthread_mutex_lock(&a); /* @five */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&e);
	return argument;
}

int main(void)
{
	void *(*const sides[])(void *) = {one, two, three, four, five};
	pthread_t threads[5];

	for (int i = 0; i < 5; i++)
		threads[i] = start(sides[i], NULL);
	for (int i = 0; i < 5; i++)
		finish(threads[i]);
	return 0;
}
