/*
 * Two threads are blocked on one condition at the same time, with different mutexes. POSIX
 * pthread_cond_wait: while a thread is blocked on it the condition is bound to that thread's mutex,
 * and to wait with another one is undefined. (glibc happens to let both wait.)
 */
/* EXPECT cond-mutex-mismatch misuse act cause */
#include "scenario.h"

static pthread_mutex_t mine = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, waiters[2];

static void *one(void *argument)
{
	waiters[0] = gettid();
	pthread_mutex_lock(&mine);
	stage_reach(1);
	while (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE))
		pthread_cond_wait(&changed, &mine); /* @cause */
	pthread_mutex_unlock(&mine);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	await_blocked(waiters[0]);
	waiters[1] = gettid();
	pthread_mutex_lock(&other);
	stage_reach(2);
	while (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE))
		pthread_cond_wait(&changed, &other); /* @act */
	pthread_mutex_unlock(&other);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second = start(two, NULL);

	stage_await(2);
	await_blocked(waiters[1]);
	pthread_mutex_lock(&mine);
	pthread_mutex_lock(&other);
	__atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(&mine);
	finish(first);
	finish(second);
	return 0;
}
