/*
 * The near miss of wrapper.c: all locks go through one line, in one order.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take(pthread_mutex_t *mutex)
{
	int error = pthread_mutex_lock(mutex);

	CHECK(error == 0);
}

static void *one(void *argument)
{
	take(&a);
	take(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, one);
	return 0;
}
