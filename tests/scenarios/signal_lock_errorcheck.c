/*
 * An error-checking mutex: the handler that interrupts its holder is told so (EDEADLK, POSIX), and
 * goes another way.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static volatile int got, refused;

static void on_signal(int number)
{
	(void)number;
	if (pthread_mutex_lock(&m) == EDEADLK) {
		refused++;
		return;
	}
	got++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_lock(&m);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_unlock(&m);
	CHECK(got == 1 && refused == 1);
	return 0;
}
