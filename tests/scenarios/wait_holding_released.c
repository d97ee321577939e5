/* The near miss of wait_holding.c: consumer gives outer back before it waits. */
/* EXPECT none */
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
	pthread_cond_signal(&c);
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
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&outer);
	while (items < 2)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t one = start(producer, NULL), two = start(consumer, NULL);

	stage_await(1);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	stage_reach(9);
	finish(one);
	finish(two);
	return 0;
}
