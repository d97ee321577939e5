/*
 * The handler is inherited by a child, and it is the child that takes the lock in it and outside
 * it. The parent only installed it.
 */
/* EXPECT signal-lock misuse inside outside */
/* PROCESSES 2 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @inside */
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	pid_t child;

	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	child = fork();
	if (child == 0) {
		raise(SIGUSR1);
		pthread_mutex_lock(&m); /* @outside */
		count++;
		pthread_mutex_unlock(&m);
		exit(count == 2 ? 0 : 1);
	}
	CHECK(reap(child) == 0);
	return 0;
}
