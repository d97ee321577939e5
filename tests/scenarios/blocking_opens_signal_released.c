/*
 * As blocking_opens_signal, but the lock is given back before ppoll lets the signal in: the usual
 * event loop.
 */
/* EXPECT none */
#include "scenario.h"
#include <poll.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	sigset_t set, none;

	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	pthread_mutex_lock(&m);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_unlock(&m);
	CHECK(ppoll(NULL, 0, NULL, &none) == -1 && errno == EINTR);
	CHECK(count == 1);
	return 0;
}
