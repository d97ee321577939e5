/* The near miss of c11_wait_holding.c: the producer takes only m. */
/* EXPECT none */
#include "scenario_c11.h"

static mtx_t outer, m;
static cnd_t c;
static int items, waiter;

static void produce(void)
{
	mtx_lock(&m);
	items++;
	cnd_signal(&c);
	mtx_unlock(&m);
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
	mtx_lock(&outer);
	mtx_lock(&m);
	while (items < 2)
		cnd_wait(&c, &m);
	mtx_unlock(&m);
	mtx_unlock(&outer);
	return 0;
}

int main(void)
{
	thrd_t one, two;
	CHECK(mtx_init(&outer, mtx_plain) == thrd_success &&
	      mtx_init(&m, mtx_plain) == thrd_success);
	CHECK(cnd_init(&c) == thrd_success);
	one = c11_start(producer, NULL);
	two = c11_start(consumer, NULL);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	stage_reach(9);
	c11_finish(one);
	c11_finish(two);
	return 0;
}
