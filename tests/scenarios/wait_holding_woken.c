/*
 * The parent waits for the worker's signal while it holds outer, which the worker takes before it
 * comes to signal. This time it was first; if the parent is, neither goes on.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int ready, waiter;

static void *worker(void *argument)
{
	pthread_mutex_lock(&outer); /* @need */
	pthread_mutex_unlock(&outer);
	stage_reach(1);
	stage_await(2);
	await_blocked(waiter);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_mutex_lock(&outer); /* @hold */
	pthread_mutex_lock(&m);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	stage_reach(2);
	while (!ready)
		pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	finish(thread);
	return 0;
}
