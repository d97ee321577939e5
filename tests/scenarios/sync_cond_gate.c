/*
 * Thread one is busy while it takes a, b, and says so under the mutex before and after; thread two
 * waits while it is busy. When thread two comes first it need not wait, and takes b, a while
 * thread one takes a, b.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int busy, waiter;

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

static void set_busy(int now)
{
	pthread_mutex_lock(&m);
	busy = now;
	if (!now)
		pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	set_busy(1);
	stage_reach(1);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	take_ab();
	set_busy(0);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	while (busy)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	take_ba();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
