/*
 * consumer has entered the recursive mutex m twice when it waits: the wait leaves it once, so that
 * m stays locked. POSIX pthread_cond_wait: then "no other thread can satisfy the condition of the
 * predicate".
 */
/* EXPECT wait-holding potential hold wait signal */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int items, waiter;

static void produce(void)
{
	pthread_mutex_lock(&m);
	items++;
	pthread_cond_signal(&c); /* @signal */
	pthread_mutex_unlock(&m);
}

static void *producer(void *argument)
{
	produce();
	stage_reach(1);
	stage_await(9);
	produce();
	return argument;
}

__attribute__((noinline)) static void await_item(void)
{
	pthread_mutex_lock(&m);
	while (items < 2)
		pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
}

static void *consumer(void *argument)
{
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&m); /* @hold */
	await_item();
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	start(producer, NULL);
	start(consumer, NULL);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	exit(0);
}
