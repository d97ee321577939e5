/*
 * The near miss of wait_holding_flock.c: both use one open file. They have its lock together
 * (flock(2)), and producer can signal.
 */
/* EXPECT none */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int items;
static int outer;
static int waiter;

static void produce(void)
{
	CHECK(flock(outer, LOCK_EX) == 0);
	pthread_mutex_lock(&m);
	items++;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	CHECK(flock(outer, LOCK_UN) == 0);
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
	CHECK(flock(outer, LOCK_EX) == 0);
	pthread_mutex_lock(&m);
	while (items < 2)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	CHECK(flock(outer, LOCK_UN) == 0);
	return argument;
}

int main(void)
{
	outer = open_file("data");
	start(producer, NULL);
	start(consumer, NULL);
	stage_await(1);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	exit(0);
}
