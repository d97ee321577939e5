/*
 * A near miss of wait_holding.c: main ends the wait by cancelling consumer, whose clean-up handlers
 * give both locks back. No signal is needed for it.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int items, waiter;

static void unlock(void *mutex)
{
	pthread_mutex_unlock(mutex);
}

static void *producer(void *argument)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	items++;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	stage_reach(1);
	return argument;
}

static void *consumer(void *argument)
{
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&outer);
	pthread_cleanup_push(unlock, &outer);
	pthread_mutex_lock(&m);
	pthread_cleanup_push(unlock, &m);
	while (items < 2)
		pthread_cond_wait(&c, &m);
	pthread_cleanup_pop(1);
	pthread_cleanup_pop(1);
	return argument;
}

int main(void)
{
	pthread_t one = start(producer, NULL), two = start(consumer, NULL);

	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	pthread_cancel(two);
	finish(one);
	finish(two);
	return 0;
}
