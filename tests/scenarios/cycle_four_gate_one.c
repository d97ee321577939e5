/*
 * A near miss of cycle_four_gate.c: one thread alone holds the gate, so it keeps nobody out.
 */
/* EXPECT lock-order feasible one two three four */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t d = PTHREAD_MUTEX_INITIALIZER;

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
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @two */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&gate);
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
