/*
 * A thread that is not the main one forks. In the child it is the only thread, holds what it held,
 * and starts two threads with the inversion once it has given that back.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *fork_here(void *argument)
{
	pid_t child;

	pthread_mutex_lock(&a);
	child = fork();
	pthread_mutex_unlock(&a);
	if (child == 0) {
		run_two(one, two);
		exit(0);
	}
	CHECK(reap(child) == 0);
	return argument;
}

int main(void)
{
	finish(start(fork_here, NULL));
	return 0;
}
