/*
 * The near miss of deadlock_abba.c: one side alone gives up after a time. It gives back what the
 * other waits for, without a limit, and both come to their end.
 */
/* EXPECT clean */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int tid_of_one;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(2);
	tell_tid(&tid_of_one);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	pthread_mutex_lock(&b);
	meet(2);
	await_asleep(&tid_of_one);
	until = soon(CLOCK_MONOTONIC, 200);
	CHECK(pthread_mutex_clocklock(&a, CLOCK_MONOTONIC, &until) == ETIMEDOUT);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
