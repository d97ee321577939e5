/*
 * A worker holds a lock while the main thread forks. In the child there is no worker: the lock
 * stays locked, and the child, which has no other thread, waits for ever: until a signal ends it.
 */
/* EXPECT fork-holding misuse act cause */
/* EXPECT hang observed act */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	int status;
	pid_t child;

	stage_await(1);
	child = fork();
	if (child == 0) {
		alarm(1);
		pthread_mutex_lock(&m); /* @act */
		_exit(1);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	stage_reach(2);
	finish(thread);
	return 0;
}
