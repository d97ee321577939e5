/*
 * consumer waits for a second item with outer held. pthread_cond_wait releases m and nothing else
 * (POSIX), and producer takes outer before it puts an item and signals: it never comes to that. The
 * program ends before producer tries.
 */
/* EXPECT wait-holding potential hold wait signal */
/* SAYS consumer waits for c while holding outer, which producer needs in order to signal it */
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
	pthread_mutex_lock(&outer); /* @hold */
	pthread_mutex_lock(&m);
	while (items < 2)
		pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
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
