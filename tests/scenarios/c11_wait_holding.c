/*
 * The consumer waits with outer held, which the producer takes before it puts an item and signals.
 * C11 7.26.3.6: cnd_wait unlocks the mutex that it is given.
 */
/* EXPECT wait-holding potential hold wait signal */
#include "scenario_c11.h"

static mtx_t outer, m;
static cnd_t c;
static int items, waiter;

static void produce(void)
{
	mtx_lock(&outer);
	mtx_lock(&m);
	items++;
	cnd_signal(&c); /* @signal */
	mtx_unlock(&m);
	mtx_unlock(&outer);
}

static int producer(void *argument)
{
	(void)argument;
	produce();
	stage_reach(1);
	stage_await(9);
	produce();
	return 0;
}

static int consumer(void *argument)
{
	(void)argument;
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	mtx_lock(&outer); /* @hold */
	mtx_lock(&m);
	while (items < 2)
		cnd_wait(&c, &m); /* @wait */
	mtx_unlock(&m);
	mtx_unlock(&outer);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&outer, mtx_plain) == thrd_success &&
	      mtx_init(&m, mtx_plain) == thrd_success);
	CHECK(cnd_init(&c) == thrd_success);
	c11_start(producer, NULL);
	c11_start(consumer, NULL);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	exit(0);
}
