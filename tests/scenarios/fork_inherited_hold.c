/*
 * The near miss of fork_holding.c: the child keeps the a that it inherited while it takes b. Its
 * second thread has b and wants a: both are locks of the child, and there they deadlock.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
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

	pthread_mutex_lock(&a);
	child = fork();
	if (child == 0) {
		pthread_t thread = start(other, NULL);

		pthread_mutex_lock(&b); /* @first */
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
		stage_reach(1);
		finish(thread);
		exit(0);
	}
	pthread_mutex_unlock(&a);
	return reap(child);
}
