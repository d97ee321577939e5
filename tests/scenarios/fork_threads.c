/*
 * A process forks while another of its threads holds b. The child has only the thread that called
 * fork, does what is allowed in that case (async-signal-safe functions), and ends. The parent's
 * threads go on in one order.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* OUTPUT child */
/* EXIT 0 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	pthread_t thread = start(other, NULL);
	pid_t child;

	stage_await(1);
	child = fork();
	if (child == 0) {
		ssize_t written = write(1, "child\n", 6);

		_exit(written != 6);
	}
	CHECK(reap(child) == 0);
	stage_reach(2);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	finish(thread);
	return 0;
}
