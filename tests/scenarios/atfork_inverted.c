/*
 * The near miss of atfork.c: the other thread takes the locks in the opposite order. When one
 * thread forks, its prepare handler has a and wants b, while the other thread has b and wants a.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void prepare(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
}

static void release(void)
{
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

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
