/*
 * A try that fails leaves nothing held: what is taken afterwards is taken without it. The thread
 * holds b, tries a in vain, and gives b back before it takes a. There is only one order, a then b.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	CHECK(pthread_mutex_trylock(&a) == EBUSY);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
