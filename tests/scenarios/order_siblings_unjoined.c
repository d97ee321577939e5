/*
 * The near miss of order_siblings.c: the first child is joined only after the second one was
 * created. It may be held up, and take its locks when the second one does.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
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

static void *run_ab(void *argument)
{
	take_ab();
	stage_reach(1);
	return argument;
}

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t first = start(run_ab, NULL);
	pthread_t second;

	stage_await(1);
	second = start(run_ba, NULL);
	finish(second);
	finish(first);
	return 0;
}
