/*
 * A recursive mutex: the handler that interrupts its holder enters it as well. What it protects may
 * be half changed then, but nobody waits.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
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
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_lock(&m);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_unlock(&m);
	CHECK(count == 2);
	return 0;
}
