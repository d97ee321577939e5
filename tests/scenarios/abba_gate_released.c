/*
 * A near miss of abba_gate.c: the gate guards only the taking of the first lock, and is given back
 * before the second one is wanted. One thread passes the gate with a, then the other with b; then
 * each waits for the other outside it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&gate);
	pthread_mutex_lock(&b); /* @first */
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
	pthread_mutex_unlock(&gate);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
