/*
 * Two handlers take the same lock, and neither blocks the other's signal: SIGUSR2 can come while
 * the handler of SIGUSR1 holds the lock. Nobody takes it outside of handlers.
 */
/* EXPECT signal-lock misuse second first */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_first(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @first */
	count++;
	pthread_mutex_unlock(&m);
}

static void on_second(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @second */
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	struct sigaction first = {.sa_handler = on_first};
	struct sigaction second = {.sa_handler = on_second};

	sigemptyset(&second.sa_mask);
	sigaddset(&second.sa_mask, SIGUSR1);
	CHECK(sigaction(SIGUSR1, &first, NULL) == 0);
	CHECK(sigaction(SIGUSR2, &second, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(raise(SIGUSR2) == 0);
	CHECK(count == 2);
	return 0;
}
