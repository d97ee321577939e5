/* The near miss of glib_wait_holding.c: the producer takes only m. */
/* EXPECT none */
/* NEEDS glib-2.0 */
#include "scenario.h"
#include <glib.h>

static GMutex outer, m;
static GCond c;
static int items, waiter;

static void produce(void)
{
	g_mutex_lock(&m);
	items++;
	g_cond_signal(&c);
	g_mutex_unlock(&m);
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
	g_mutex_lock(&outer);
	g_mutex_lock(&m);
	while (items < 2)
		g_cond_wait(&c, &m);
	g_mutex_unlock(&m);
	g_mutex_unlock(&outer);
	return argument;
}

int main(void)
{
	pthread_t one = start(producer, NULL), two = start(consumer, NULL);

	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	stage_reach(9);
	finish(one);
	finish(two);
	return 0;
}
