/*
 * Thread two takes b, a once ready is set, and thread one sets it after a, b. It signals when it
 * has given the mutex back, and nobody waits: thread two comes later, and finds ready set. That it
 * looks at that its code shows (come_late.c).
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&m);
	ready = true;
	pthread_mutex_unlock(&m);
	pthread_cond_signal(&changed);
	stage_reach(1);
	return argument;
}

static void await_ready(void)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

static void *two(void *argument)
{
	stage_await(1);
	await_ready();
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
