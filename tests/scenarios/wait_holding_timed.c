/*
 * A near miss of wait_holding.c: consumer gives up after a time, and gives outer back. producer
 * could not have woken it.
 */
/* EXPECT wait-holding discharged timed hold wait signal */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int items;
static int waiter;

static void produce(void)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	items++;
	pthread_cond_signal(&c); /* @signal */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
}

static void *producer(void *argument)
{
	produce();
	stage_reach(1);
	stage_await(9);
	produce();
	return argument;
}

static void *consumer(void *argument)
{
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	struct timespec until = soon(CLOCK_REALTIME, 20);

	pthread_mutex_lock(&outer); /* @hold */
	pthread_mutex_lock(&m);
	while (items < 2)
		if (pthread_cond_timedwait(&c, &m, &until)) /* @wait */
			break;
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	stage_reach(9);
	return argument;
}

int main(void)
{
	run_two(producer, consumer);
	return 0;
}
