/*
 * Two threads wait for each other, the program goes on: a third computes and uses a lock of its
 * own, and the main thread waits in poll, for what never comes.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed one two */
/* THREADS 4 */
#include "hang.h"

#include <poll.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(2);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(2);
	pthread_mutex_lock(&a); /* @two */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static volatile unsigned long sum;

static void *compute(void *argument)
{
	for (;;) {
		for (int i = 0; i < 1000000; i++)
			sum += i;
		pthread_mutex_lock(&own);
		pthread_mutex_unlock(&own);
		nap(1);
	}
	return argument;
}

int main(void)
{
	start(one, NULL);
	start(two, NULL);
	start(compute, NULL);
	poll(NULL, 0, -1);
	return 0;
}
