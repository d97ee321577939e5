/*
 * A near miss of abba_gate.c: one thread takes the gate the first time and forgets it the second
 * time, through the same function and the same lines. The second time deadlocks with the other
 * thread, gate or no gate there.
 */
/* EXPECT lock-order feasible first second */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_both(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *one(void *argument)
{
	pthread_mutex_lock(&gate);
	take_both();
	pthread_mutex_unlock(&gate);
	take_both();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&gate);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
