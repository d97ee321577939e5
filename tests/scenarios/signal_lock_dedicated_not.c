/*
 * As signal_lock_dedicated, but the worker opens the signal: it may be the one that gets it, while
 * it holds the lock.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sigset_t set;
static int count;
static volatile int handled;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @inside */
	count++;
	pthread_mutex_unlock(&m);
	handled++;
}

static void *receive(void *argument)
{
	sigset_t none;

	sigemptyset(&none);
	while (!handled)
		sigsuspend(&none);
	return argument;
}

static void *work(void *argument)
{
	CHECK(pthread_sigmask(SIG_UNBLOCK, &set, NULL) == 0);
	for (int i = 0; i < 100; i++) {
		pthread_mutex_lock(&m); /* @outside */
		count++;
		pthread_mutex_unlock(&m);
	}
	return argument;
}

int main(void)
{
	pthread_t receiver, worker;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	receiver = start(receive, NULL);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	finish(receiver);
	worker = start(work, NULL);
	finish(worker);
	CHECK(count == 101);
	return 0;
}
