/*
 * Between the two locks of a recursive mutex another one is taken. The re-entry does not wait, so
 * it is no order x before r: the only order is r before x.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t r = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&r);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&r);
	pthread_mutex_unlock(&r);
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&r);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&r);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&r);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
