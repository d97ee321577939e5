/*
 * A process forks while another of its threads has a lock. Only the thread that called fork is in
 * the child (POSIX), where the lock stays locked: nobody is there to give it back. The parent waits
 * for the child.
 */
/* HANGS 1 */
/* EXPECT hang observed want */
/* EXPECT fork-holding misuse want cause */
/* PROCESSES 2 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	meet(2);
	turn_await(1);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	pid_t child;

	meet(2);
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(&m); /* @want */
		pthread_mutex_unlock(&m);
		exit(0);
	}
	turn_pass(1);
	finish(thread);
	return await_child(child);
}
