/*
 * The process changes its directory and its file creation mask before it forks. Where its traces
 * go has nothing to do with that; the inversion is in the child.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
#include "scenario.h"
#include <sys/stat.h>

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

int main(void)
{
	pid_t child;

	CHECK(chdir("/") == 0);
	umask(0777);
	child = fork();
	if (child == 0) {
		run_two(one, two);
		exit(0);
	}
	return reap(child);
}
