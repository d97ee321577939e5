/*
 * The near miss of order_join_other.c: one thread joins the worker, but a third one takes the
 * locks in the opposite order. Nothing orders it after the join.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static pthread_t worker;

static void *joiner(void *argument)
{
	finish(worker);
	return argument;
}

static void *third(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	worker = start(run_ab, NULL);
	run_two(joiner, third);
	return 0;
}
