/*
 * The near miss of cond_reacquire.c: the waiter takes outer before m, keeps outer during the wait
 * and wants m again at its end. The others take outer before m too, or m alone. All in one order.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *one(void *argument)
{
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&m);
	stage_reach(2);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&outer);
	return argument;
}

static void *three(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
