/*
 * A thread takes gate first of all, which its creator took before it created it, and has, as it
 * seems, until it is through. But the main thread gave that back (undefined in POSIX,
 * pthread_mutex_lock; in glibc the mutex is free then). So the two can be there at the same time.
 */
/* EXPECT lock-order potential forth back */
/* EXPECT unlock-not-owner misuse act cause */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

static void *created(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	pthread_mutex_lock(&second);
	pthread_mutex_lock(&first); /* @back */
	pthread_mutex_unlock(&first);
	pthread_mutex_unlock(&second);
	return argument;
}

static void *creator(void *argument)
{
	pthread_mutex_lock(&gate); /* @cause */
	stage_reach(1);
	stage_await(2);
	*(pthread_t *)argument = start(created, NULL);
	pthread_mutex_lock(&first);
	pthread_mutex_lock(&second); /* @forth */
	pthread_mutex_unlock(&second);
	pthread_mutex_unlock(&first);
	stage_reach(3);
	return argument;
}

int main(void)
{
	pthread_t of_creator;
	pthread_t a = start(creator, &of_creator);

	stage_await(1);
	pthread_mutex_unlock(&gate); /* @act */
	stage_reach(2);
	finish(a);
	finish(of_creator);
	return 0;
}
