/*
 * Two handlers take the same lock, but each blocks the other's signal (sa_mask): neither interrupts
 * the other.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_first(int number)
{
	(void)number;
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
}

static void on_second(int number)
{
	(void)number;
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	struct sigaction first = {.sa_handler = on_first};
	struct sigaction second = {.sa_handler = on_second};

	sigemptyset(&first.sa_mask);
	sigaddset(&first.sa_mask, SIGUSR2);
	sigemptyset(&second.sa_mask);
	sigaddset(&second.sa_mask, SIGUSR1);
	CHECK(sigaction(SIGUSR1, &first, NULL) == 0);
	CHECK(sigaction(SIGUSR2, &second, NULL) == 0);
	for (int i = 0; i < 10; i++) {
		CHECK(raise(SIGUSR1) == 0);
		CHECK(raise(SIGUSR2) == 0);
	}
	CHECK(count == 20);
	return 0;
}
