/*
 * Only one handler takes the lock, but SA_NODEFER lets its own signal in again while it runs: the
 * handler can interrupt itself while it holds the lock. (Without the flag: signal_handler_locks.)
 */
/* EXPECT signal-lock misuse inside */
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
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_NODEFER};

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(count == 1);
	return 0;
}
