/*
 * The near miss of signal_unlocked.c: the change is made under the mutex, which is given back
 * before the signal; with another lock taken in between, too. No wake-up can be lost: the waiter
 * looks either after the change, or waits before it.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t log = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, waiter;

static void *wait_for_it(void *argument)
{
	waiter = gettid();
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (ready < 2)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *set(void *argument)
{
	stage_await(1);
	await_blocked(waiter);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_mutex_unlock(&m);
	pthread_cond_signal(&changed);
	pthread_mutex_lock(&m);
	ready = 2;
	pthread_mutex_unlock(&m);
	pthread_mutex_lock(&log);
	pthread_mutex_unlock(&log);
	pthread_cond_broadcast(&changed);
	return argument;
}

int main(void)
{
	run_two(wait_for_it, set);
	return 0;
}
