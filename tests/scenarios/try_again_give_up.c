/*
 * The near miss of try_again_holding.c: tries b ten times, and then goes on without it. That takes
 * its time, but ends.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

/* Has b until the other side has given up once. */
static void *one(void *argument)
{
	pthread_mutex_lock(&b);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&b);
	stage_reach(3);
	stage_await(4);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void ask(void)
{
	int left = 10;

	pthread_mutex_lock(&a);
	while (left > 0 && pthread_mutex_trylock(&b)) /* @first */
		left--;
	if (left > 0)
		pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *two(void *argument)
{
	stage_await(1);
	ask();
	stage_reach(2);
	stage_await(3);
	ask();
	stage_reach(4);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
