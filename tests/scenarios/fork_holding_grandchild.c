/* As fork_holding_other, but it is the child's child that waits for what the first process held. */
/* EXPECT fork-holding misuse act cause */
/* EXPECT hang observed act */
/* SAYS which worker held when the process forked */
/* PROCESSES 3 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	turn_pass(1);
	turn_await(2);
	pthread_mutex_unlock(&m);
	return argument;
}

static void child(void)
{
	pid_t last = fork();
	int status;

	if (last == 0) {
		alarm(1);
		pthread_mutex_lock(&m); /* @act */
		_exit(1);
	}
	CHECK(waitpid(last, &status, 0) == last);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	_exit(0);
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	pid_t first;

	turn_await(1);
	first = fork();
	if (first == 0)
		child();
	CHECK(reap(first) == 0);
	turn_pass(2);
	finish(thread);
	return 0;
}
