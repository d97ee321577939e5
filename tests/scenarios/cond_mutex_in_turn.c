/*
 * The near miss of cond_mutex_mismatch.c: the first waiter has been signalled before the second one
 * waits. It has not returned from its wait, since it cannot have its mutex back yet; but it is not
 * blocked on the condition any more, which therefore is bound to no mutex (POSIX pthread_cond_wait:
 * the binding remains as long as a thread is blocked on the condition).
 */
/* EXPECT none */
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
	while (ready < 1)
		pthread_cond_wait(&changed, &mine);
	pthread_mutex_unlock(&mine);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	waiters[1] = gettid();
	pthread_mutex_lock(&other);
	stage_reach(3);
	while (ready < 2)
		pthread_cond_wait(&changed, &other);
	pthread_mutex_unlock(&other);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second = start(two, NULL);

	stage_await(1);
	pthread_mutex_lock(&mine);
	ready = 1;
	pthread_cond_signal(&changed);
	await_blocked(waiters[0]);
	stage_reach(2);
	stage_await(3);
	await_blocked(waiters[1]);
	pthread_mutex_unlock(&mine);
	finish(first);
	pthread_mutex_lock(&other);
	ready = 2;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&other);
	finish(second);
	return 0;
}
