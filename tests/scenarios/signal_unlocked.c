/*
 * A thread sets what another waits for, and signals, without ever taking the mutex. POSIX
 * pthread_cond_signal allows that; but the change can fall between the waiter's look, under the
 * mutex, and its wait: then the signal comes too early, and the waiter sleeps on. (Here the waiter
 * sleeps already.)
 */
/* EXPECT signal-unlocked misuse act */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, waiter;

static void *wait_for_it(void *argument)
{
	waiter = gettid();
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE))
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *set(void *argument)
{
	stage_await(1);
	await_blocked(waiter);
	__atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
	for (int i = 0; i < 3; i++)
		pthread_cond_signal(&changed); /* @act */
	return argument;
}

int main(void)
{
	run_two(wait_for_it, set);
	return 0;
}
