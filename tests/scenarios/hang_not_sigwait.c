/*
 * The main thread waits for a signal in sigwait, for longer than hang_timeout, and a worker for the
 * main thread. The signal comes from another process.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static bool stop;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	while (!stop)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread;
	sigset_t set;
	pid_t child;
	int number;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
	child = fork();
	if (child == 0) {
		nap(3500);
		CHECK(kill(getppid(), SIGTERM) == 0);
		exit(0);
	}
	thread = start(worker, NULL);
	CHECK(sigwait(&set, &number) == 0 && number == SIGTERM);
	pthread_mutex_lock(&m);
	stop = true;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	finish(thread);
	return reap(child);
}
