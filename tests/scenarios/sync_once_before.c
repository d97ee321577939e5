/*
 * As sync_once, but thread two takes b, a before it calls the once. Stages keep them apart here.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void initialise(void)
{
	take_ab();
}

static void *one(void *argument)
{
	pthread_once(&once, initialise);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take_ba();
	pthread_once(&once, initialise);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
