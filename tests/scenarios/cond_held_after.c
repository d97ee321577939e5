/*
 * The near miss of cond_released_meanwhile.c: when the wait ends, m is held again, and the waiter
 * takes x with it. The other thread has x and wants m.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_lock(&x); /* @first */
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&m); /* @second */
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
