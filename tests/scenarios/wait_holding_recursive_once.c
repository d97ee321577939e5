/* The near miss of wait_holding_recursive.c: consumer has entered m once, and the wait leaves it.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int items, waiter;

static void *producer(void *argument)
{
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&m);
		items++;
		pthread_cond_signal(&c);
		pthread_mutex_unlock(&m);
		stage_reach(1);
		stage_await(9);
	}
	return argument;
}

static void *consumer(void *argument)
{
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&m);
	while (items < 2)
		pthread_cond_wait(&c, &m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t one = start(producer, NULL), two = start(consumer, NULL);

	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	stage_reach(9);
	finish(one);
	finish(two);
	return 0;
}
