/*
 * The same lock, taken by pthread_atfork's handler before the fork and given back on both sides: in
 * the child it is the thread that forked who holds it. Another library's handler initialises its
 * lock anew in the child, which the worker held: it cannot be in use there.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER, other = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&other);
	stage_reach(1);
	usleep(1000);
	pthread_mutex_unlock(&m);
	stage_await(2);
	pthread_mutex_unlock(&other);
	return argument;
}

static void prepare(void)
{
	pthread_mutex_lock(&m);
}

static void parent(void)
{
	pthread_mutex_unlock(&m);
}

static void child(void)
{
	pthread_mutex_unlock(&m);
	pthread_mutex_init(&other, NULL);
}

int main(void)
{
	pthread_t thread;
	pid_t pid;

	pthread_atfork(prepare, parent, child);
	thread = start(worker, NULL);
	stage_await(1);
	pid = fork();
	if (pid == 0) {
		pthread_mutex_lock(&m);
		pthread_mutex_lock(&other);
		pthread_mutex_unlock(&other);
		pthread_mutex_unlock(&m);
		_exit(0);
	}
	stage_reach(2);
	CHECK(reap(pid) == 0);
	finish(thread);
	return 0;
}
