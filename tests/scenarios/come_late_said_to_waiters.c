/*
 * A near miss of come_late.c: main sets ready before it makes the threads, and signals only if
 * somebody waits, as nobody does then.
 */
/* EXPECT lock-order potential first second */
#define AWAITS_READY
#include "late_flag.h"

static int waiters;

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void await_ready(void)
{
	pthread_mutex_lock(&m);
	waiters++;
	while (!ready)
		pthread_cond_wait(&changed, &m);
	waiters--;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	int waiting;

	pthread_mutex_lock(&m);
	ready = true;
	waiting = waiters;
	pthread_mutex_unlock(&m);
	if (waiting)
		pthread_cond_signal(&changed);
	run_two(one, two);
	return 0;
}
