/*
 * A condition wait gives its own mutex back and takes it again at the end, while all else stays
 * held. The waiter keeps outer during the wait, so the end of the wait is: holds outer, wants m.
 * Another thread holds m and wants outer. When it has m just as the waiter is woken, each waits
 * for the other. (The waiter itself takes m before outer at first; that alone would be one order.)
 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer); /* @second */
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer);
	stage_reach(2);
	while (!ready)
		pthread_cond_wait(&changed, &m); /* @first */
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
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
