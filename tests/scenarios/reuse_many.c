/*
 * A hundred mutexes in turn at one address on the stack of a thread, each initialised, used and
 * destroyed; those with an even number are taken before `other`, the others after it, in two
 * threads at once with a mutex each. No lock is ever used in both orders.
 */
/* EXPECT none */
/* ACQUISITIONS 400 */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static void use_one(bool before)
{
	pthread_mutex_t m;

	CHECK(pthread_mutex_init(&m, NULL) == 0);
	pthread_mutex_lock(before ? &m : &other);
	pthread_mutex_lock(before ? &other : &m);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(&m);
	CHECK(pthread_mutex_destroy(&m) == 0);
}

static void *work(void *argument)
{
	for (int i = 0; i < 100; i++)
		use_one(i % 2 == 0);
	return argument;
}

int main(void)
{
	run_two(work, work);
	return 0;
}
