/*
 * Both sides of the inversion take gate first. But what the worker took, the main thread gives back
 * before the worker goes on (undefined in POSIX, pthread_mutex_lock; in glibc the mutex is free
 * then). So the worker takes first and second while nobody has gate, the other one can have it
 * meanwhile, and nothing keeps them apart.
 */
/* EXPECT lock-order potential forth back */
/* EXPECT unlock-not-owner misuse act cause */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&gate); /* @cause */
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&first);
	pthread_mutex_lock(&second); /* @forth */
	pthread_mutex_unlock(&second);
	pthread_mutex_unlock(&first);
	stage_reach(3);
	return argument;
}

static void *other(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&second);
	pthread_mutex_lock(&first); /* @back */
	pthread_mutex_unlock(&first);
	pthread_mutex_unlock(&second);
	pthread_mutex_unlock(&gate);
	return argument;
}

int main(void)
{
	pthread_t a = start(worker, NULL), b = start(other, NULL);

	stage_await(1);
	pthread_mutex_unlock(&gate); /* @act */
	stage_reach(2);
	finish(a);
	finish(b);
	return 0;
}
