/*
 * An error-checking mutex that its owner locks again says EDEADLK and stays locked once (POSIX);
 * the program knows how to live with that. After one unlock it is free: x is taken with nothing
 * held. If the tool counted the failed lock, it would see e before x here, against x before e in
 * the other thread.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t e = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&e);
	CHECK(pthread_mutex_lock(&e) == EDEADLK);
	pthread_mutex_unlock(&e);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&e);
	pthread_mutex_unlock(&e);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
