/*
 * The near miss of fork_child.c: in the child, both threads use the same order.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* THREADS 4 */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	pid_t child = fork();

	if (child == 0) {
		run_two(one, two);
		exit(0);
	}
	return reap(child);
}
