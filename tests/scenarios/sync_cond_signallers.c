/*
 * Two threads count up, and thread two goes on when one of them has: it may be the other one, with
 * thread one still to take a, b. Stages keep them apart here.
 * (No witness: in this run thread one let it go on.)
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, waiter;

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

/* Once the other one waits: so it is the signal that lets it go on. */
static void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready++;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
}

static void await_waiter(void)
{
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
}

static void wait_for(int wanted)
{
	pthread_mutex_lock(&m);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	while (ready < wanted)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	take_ab();
	stage_reach(1);
	say_ready();
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	await_waiter();
	say_ready();
	return argument;
}

static void *two(void *argument)
{
	wait_for(1);
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t third = start(other, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
