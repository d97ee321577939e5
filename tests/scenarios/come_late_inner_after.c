/*
 * The near miss of come_late_inner.c: thread one takes a, b when it has set ready.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_mutex_lock(&log_lock);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&log_lock);
	pthread_mutex_unlock(&m);
}

static void await_ready(void)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	say_ready();
	take_ab();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	await_ready();
	take_ba();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
