/*
 * As wait_holding.c with a file's lock for outer: each of the two has opened the file for itself,
 * so producer waits for as long as consumer has the lock (flock(2)).
 */
/* EXPECT wait-holding potential hold wait signal */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int items;
static int waiter;

static void produce(void)
{
	int outer = open_file("data");

	CHECK(flock(outer, LOCK_EX) == 0);
	pthread_mutex_lock(&m);
	items++;
	pthread_cond_signal(&c); /* @signal */
	pthread_mutex_unlock(&m);
	CHECK(close(outer) == 0);
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
	int outer = open_file("data");

	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	CHECK(flock(outer, LOCK_EX) == 0); /* @hold */
	pthread_mutex_lock(&m);
	while (items < 2)
		pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
	CHECK(flock(outer, LOCK_UN) == 0);
	return argument;
}

int main(void)
{
	start(producer, NULL);
	start(consumer, NULL);
	stage_await(1);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	exit(0);
}
