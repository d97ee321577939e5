/*
 * The handler that takes the lock is replaced by one that does not, before the lock is taken
 * outside: no handler that wants it can come then.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_start(int number)
{
	(void)number;
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
}

static void on_later(int number)
{
	(void)number;
	count++;
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_start) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(signal(SIGUSR1, on_later) == on_start);
	pthread_mutex_lock(&m);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_unlock(&m);
	CHECK(signal(SIGUSR1, SIG_DFL) == on_later);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(count == 2);
	return 0;
}
