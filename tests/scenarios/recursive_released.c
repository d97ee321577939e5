/*
 * The near miss of recursive_half_released.c: the recursive mutex is given back as often as it was
 * taken, and nothing is held when x is taken.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t r = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&r);
	pthread_mutex_lock(&r);
	pthread_mutex_unlock(&r);
	pthread_mutex_unlock(&r);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&r);
	pthread_mutex_unlock(&r);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
