/*
 * The process forks while it holds a, and its child gives its copy of a back. (The thread that
 * called fork is the one that goes on in the child, with what it held.) After that the child takes
 * b with nothing held; its second thread takes b before a. If a still counted as held in the
 * child, there would be an a before b.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pid_t child;

	pthread_mutex_lock(&a);
	child = fork();
	pthread_mutex_unlock(&a);
	if (child == 0) {
		pthread_t thread = start(other, NULL);

		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
		stage_reach(1);
		finish(thread);
		exit(0);
	}
	return reap(child);
}
