/*
 * A near miss of come_late.c: main sets ready before it makes the threads, and signals only if
 * somebody waits, as nobody does then.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;
static int waiters;

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

static void *one(void *argument)
{
	take_ab();
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	waiters++;
	while (!ready)
		pthread_cond_wait(&changed, &m);
	waiters--;
	pthread_mutex_unlock(&m);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t threads[2];
	int waiting;

	pthread_mutex_lock(&m);
	ready = true;
	waiting = waiters;
	pthread_mutex_unlock(&m);
	if (waiting)
		pthread_cond_signal(&changed);
	threads[0] = start(one, NULL);
	threads[1] = start(two, NULL);
	finish(threads[0]);
	finish(threads[1]);
	return 0;
}
