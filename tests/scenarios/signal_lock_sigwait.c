/*
 * A thread takes the signal with sigwait, which all threads block: what it does then is no handler.
 * It may take any lock. There is a handler as well, from before the signal was blocked, which is
 * never called.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sigset_t set;
static int count;

static void on_signal(int number)
{
	(void)number;
	abort();
}

static void *receive(void *argument)
{
	int number;

	CHECK(sigwait(&set, &number) == 0 && number == SIGUSR1);
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
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

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
	receiver = start(receive, NULL);
	worker = start(work, NULL);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	finish(receiver);
	finish(worker);
	CHECK(count == 101);
	return 0;
}
