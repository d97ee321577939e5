/*
 * The "gate" is taken after the first lock. It does keep a and b apart: who wants the second of
 * them holds the gate. But now the gate itself is part of two inversions: one thread holds a and
 * wants the gate, while the other has the gate and wants a; and likewise with b.
 */
/* EXPECT lock-order feasible gate-after-a a-under-gate */
/* EXPECT lock-order feasible gate-after-b b-under-gate */
/* EXPECT lock-order discharged gate-lock b-under-gate a-under-gate */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&gate); /* @gate-after-a */
	pthread_mutex_lock(&b);	   /* @b-under-gate */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&gate);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&gate); /* @gate-after-b */
	pthread_mutex_lock(&a);	   /* @a-under-gate */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&gate);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
