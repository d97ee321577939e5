/*
 * A thread is cancelled while it waits for a condition. POSIX has it take the mutex again before
 * its cleanup handlers run; the handler gives it back, and takes x with nothing held. Another
 * thread takes x before m.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void clean_up(void *argument)
{
	(void)argument;
	pthread_mutex_unlock(&m);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
}

static void *waiter(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_cleanup_push(clean_up, NULL);
	stage_reach(1);
	for (;;)
		pthread_cond_wait(&changed, &m);
	pthread_cleanup_pop(0);
	return argument;
}

static void *other(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	pthread_t waiting = start(waiter, NULL);
	pthread_t thread = start(other, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(pthread_cancel(waiting) == 0);
	finish(waiting);
	stage_reach(2);
	finish(thread);
	return 0;
}
