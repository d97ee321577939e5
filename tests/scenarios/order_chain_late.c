/*
 * The near miss of order_chain.c: the first thread takes a, b after it has created the second,
 * while the third one runs.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ba(void *argument)
{
	stage_await(1);
	take_ba();
	return argument;
}

static void *middle(void *argument)
{
	finish(start(run_ba, NULL));
	return argument;
}

static void *outer(void *argument)
{
	pthread_t thread = start(middle, NULL);

	take_ab();
	stage_reach(1);
	finish(thread);
	return argument;
}

int main(void)
{
	finish(start(outer, NULL));
	return 0;
}
