/*
 * The initialiser of a local static takes a, b. Thread two comes while thread one is at it, waits
 * ([stmt.dcl]: concurrent execution shall wait for completion of the initialization), and takes b,
 * a afterwards.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int waiter;

__attribute__((noinline)) static int make()
{
	stage_reach(1);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return 1;
}

__attribute__((noinline)) static int use()
{
	static int made = make();

	return made;
}

static void *one(void *argument)
{
	CHECK(use() == 1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	__atomic_store_n(&waiter, (int)gettid(), __ATOMIC_RELEASE);
	CHECK(use() == 1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main()
{
	run_two(one, two);
	return 0;
}
