/*
 * The near miss of timedlock_for_ever.c: when the time has run out three times it gives up.
 */
/* EXPECT lock-order discharged timed first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;
	int times = 3, result;

	stage_await(1);
	pthread_mutex_lock(&b);
	do {
		until = soon(CLOCK_REALTIME, 1000);
		result = pthread_mutex_timedlock(&a, &until); /* @second */
	} while (result != 0 && --times > 0);
	if (result == 0)
		pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
