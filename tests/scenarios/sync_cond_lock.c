/*
 * A lock made of a mutex and a condition: taken by who finds it free, with a signal when it is
 * given back. Both threads hold it for a moment, thread one after a, b, thread two before b, a. In
 * this run thread two has to wait for it, but it may come first: who excludes does not order.
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

static void own_lock(void)
{
	pthread_mutex_lock(&m);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	while (taken)
		pthread_cond_wait(&changed, &m);
	taken = 1;
	pthread_mutex_unlock(&m);
}

static void own_unlock(void)
{
	pthread_mutex_lock(&m);
	taken = 0;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	own_lock();
	take_ab();
	stage_reach(1);
	while (__atomic_load_n(&waiter, __ATOMIC_ACQUIRE) == gettid())
		usleep(1000);
	await_blocked(waiter);
	own_unlock();
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock();
	own_unlock();
	take_ba();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
