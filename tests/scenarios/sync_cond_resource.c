/*
 * A resource that threads take and give back, and say both under one condition. Thread one takes it
 * after a, b, and thread two takes b, a with it. In this run thread two waits until thread one has
 * given it back; but it may be first. What thread one said when it took it is not what let thread
 * two go on.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int taken, waiter;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void take_it(void)
{
	pthread_mutex_lock(&m);
	while (taken) {
		__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
		pthread_cond_wait(&changed, &m);
	}
	taken = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void give_it_back(void)
{
	pthread_mutex_lock(&m);
	taken = 0;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	take_ab();
	take_it();
	stage_reach(1);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	give_it_back();
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take_it();
	take_ba();
	give_it_back();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
