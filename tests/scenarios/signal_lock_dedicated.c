/*
 * All threads block the signal but one, whose only work is to wait for it: the handler runs in that
 * thread, which never holds the lock outside the handler. So the handler waits for other threads,
 * which go on meanwhile.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int count;
static volatile int handled;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m);
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
	for (int i = 0; i < 100; i++) {
		pthread_mutex_lock(&m);
		count++;
		pthread_mutex_unlock(&m);
	}
	return argument;
}

int main(void)
{
	pthread_t receiver, worker;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	receiver = start(receive, NULL);
	worker = start(work, NULL);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	finish(receiver);
	finish(worker);
	CHECK(count == 101);
	return 0;
}
