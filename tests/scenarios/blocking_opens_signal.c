/*
 * The lock is taken with the signal blocked, as the handler takes it too. But then ppoll lets the
 * signal in while the lock is held: the handler would wait for the thread that waits in ppoll.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"
#include <poll.h>

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
	const struct timespec nothing = {0, 0};
	sigset_t set, none;

	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	pthread_mutex_lock(&m); /* @outside */
	CHECK(ppoll(NULL, 0, &nothing, &none) == 0);
	pthread_mutex_unlock(&m);
	CHECK(count == 1);
	return 0;
}
