/*
 * A near miss of abba_gate.c: inside the gate, one thread waits for a condition with the gate's
 * own mutex, and keeps a. While it waits, the other comes in through the gate and wants a; when
 * the first is woken, it wants the gate again. a and b alone are kept apart by the gate, but the
 * gate and a are not.
 */
/* EXPECT lock-order potential waits second */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *one(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&a);
	stage_reach(2);
	while (!ready)
		pthread_cond_wait(&changed, &gate); /* @waits */
	pthread_mutex_lock(&b);			    /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&gate);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&gate);
	stage_reach(1);
	return argument;
}

static void *three(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&gate);
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&gate);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
