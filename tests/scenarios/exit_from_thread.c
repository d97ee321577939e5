/*
 * A thread that is not the main one calls exit, while the main thread waits for a lock that it
 * holds.
 */
/* EXPECT lock-order feasible first second */
/* EXIT 5 */
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
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *leave(void *argument)
{
	pthread_mutex_lock(&a);
	stage_reach(2);
	usleep(20000);
	exit(argument ? 1 : 5);
}

int main(void)
{
	run_two(one, two);
	start(leave, NULL);
	stage_await(2);
	pthread_mutex_lock(&a);
	return 1;
}
