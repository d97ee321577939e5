/*
 * The handler waits for a limited time only, so it comes back, if late.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int got, refused;

static void on_signal(int number)
{
	const struct timespec until = soon(CLOCK_REALTIME, 20);

	(void)number;
	if (pthread_mutex_timedlock(&m, &until) != 0) {
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
