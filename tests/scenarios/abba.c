/*
 * Two threads take two mutexes in opposite orders. Both exist at the same time and no other lock
 * keeps them apart: when each has taken its first lock, each waits for ever for the other's
 * (POSIX pthread_mutex_lock: the caller blocks until the mutex becomes available).
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* THREADS 3 */
/* PROCESSES 1 */
/* ACQUISITIONS 4 */
/* OUTPUT done */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a); /* @first-hold */
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b); /* @second-hold */
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	puts("done");
	return 0;
}
