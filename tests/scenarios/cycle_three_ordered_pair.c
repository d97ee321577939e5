/*
 * A near miss of cycle_three.c: the first thread has been joined when the third is created; the
 * second lives as long as both. A deadlock takes all three at once, and two of them never meet.
 */
/* EXPECT lock-order discharged thread-order one two three */
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
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @two */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	stage_await(1);
	return argument;
}

static void *three(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&a); /* @three */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	pthread_t second = start(two, NULL);

	finish(start(one, NULL));
	finish(start(three, NULL));
	stage_reach(1);
	finish(second);
	return 0;
}
