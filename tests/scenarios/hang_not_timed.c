/*
 * All wait for longer than hang_timeout, one of them in sem_clockwait: its time comes (ETIMEDOUT),
 * and it lets the others go.
 */
/* EXPECT none */
#include "hang.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static sem_t never;
static bool ready;

static void *waiter(void *argument)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *timer(void *argument)
{
	struct timespec until = soon(CLOCK_MONOTONIC, 3500);

	CHECK(sem_clockwait(&never, CLOCK_MONOTONIC, &until) != 0 && errno == ETIMEDOUT);
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&never, 0, 0) == 0);
	run_two(waiter, timer);
	return 0;
}
