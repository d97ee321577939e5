/* As fork_holding_other, with a GMutex, which does not say who holds it. */
/* EXPECT fork-holding misuse act cause */
/* EXPECT hang observed act */
/* PROCESSES 2 */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GMutex m;

static void *worker(void *argument)
{
	g_mutex_lock(&m); /* @cause */
	stage_reach(1);
	turn_await(1);
	g_mutex_unlock(&m);
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
		g_mutex_lock(&m); /* @act */
		_exit(1);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	turn_pass(1);
	finish(thread);
	return 0;
}
