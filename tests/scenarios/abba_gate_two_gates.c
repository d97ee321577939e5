/*
 * A near miss of abba_gate.c: each side has a gate, but not the same one. Two threads can be inside
 * two different gates at once.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t gate_one = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t gate_two = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&gate_one);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&gate_one);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&gate_two);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&gate_two);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
