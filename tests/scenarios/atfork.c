/*
 * The handlers of pthread_atfork take all locks before a fork and give them back after it, in the
 * parent and in the child, as POSIX means them to. The order is that of the other thread.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void prepare(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
}

static void release(void)
{
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *other(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	pthread_t thread;
	pid_t child;

	CHECK(pthread_atfork(prepare, release, release) == 0);
	thread = start(other, NULL);
	child = fork();
	if (child == 0)
		_exit(0);
	stage_reach(1);
	finish(thread);
	return reap(child);
}
