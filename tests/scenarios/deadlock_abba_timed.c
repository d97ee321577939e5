/*
 * The near miss of deadlock_abba.c: both sides wait for their second lock for a bounded time, give
 * up and give back what they have (POSIX, pthread_mutex_timedlock: ETIMEDOUT). They do wait for
 * each other, but not for ever.
 */
/* EXPECT clean */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	struct timespec until;

	pthread_mutex_lock(&a);
	meet(2);
	until = soon(CLOCK_REALTIME, 200);
	if (pthread_mutex_timedlock(&b, &until) == 0)
		pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	pthread_mutex_lock(&b);
	meet(2);
	until = soon(CLOCK_REALTIME, 200);
	if (pthread_mutex_timedlock(&a, &until) == 0)
		pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
