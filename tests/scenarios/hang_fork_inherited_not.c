/* The near miss of hang_fork_inherited.c: the lock is given back before the fork. */
/* EXPECT none */
/* PROCESSES 2 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	meet(2);
	turn_await(1);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	pid_t child;

	meet(2);
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
		exit(0);
	}
	turn_pass(1);
	finish(thread);
	return reap(child);
}
