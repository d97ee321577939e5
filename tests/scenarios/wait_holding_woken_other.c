/*
 * The near miss of wait_holding_woken.c: the parent was woken twice, the first time for nothing.
 * The worker, which takes m before, says something that is not for the parent; what the parent
 * waits for another thread says, which does not need m.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int others, own, waiter;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&state);
	others = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&state);
	stage_reach(3);
	return argument;
}

static void *another(void *argument)
{
	stage_await(3);
	await_blocked(waiter);
	pthread_mutex_lock(&state);
	own = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&state);
	return argument;
}

static void *parent(void *argument)
{
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&state);
	while (!own)
		pthread_cond_wait(&changed, &state);
	pthread_mutex_unlock(&state);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t one = start(worker, NULL), two = start(another, NULL);
	pthread_t three = start(parent, NULL);

	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	stage_reach(2);
	finish(one);
	finish(two);
	finish(three);
	return others - 1;
}
