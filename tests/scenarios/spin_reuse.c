/*
 * A spin lock is destroyed and initialised again between two uses in opposite orders: the second
 * one is another lock at the same place.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_spinlock_t a;
static pthread_spinlock_t b;
static bool again;

static void *one(void *argument)
{
	pthread_spin_lock(&a);
	pthread_spin_lock(&b);
	pthread_spin_unlock(&b);
	pthread_spin_unlock(&a);
	CHECK(pthread_spin_destroy(&a) == 0);
	CHECK(pthread_spin_init(&a, PTHREAD_PROCESS_PRIVATE) == 0);
	__atomic_store_n(&again, true, __ATOMIC_RELEASE);
	return argument;
}

static void *two(void *argument)
{
	while (!__atomic_load_n(&again, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_spin_lock(&b);
	pthread_spin_lock(&a);
	pthread_spin_unlock(&a);
	pthread_spin_unlock(&b);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&a, PTHREAD_PROCESS_PRIVATE) == 0);
	CHECK(pthread_spin_init(&b, PTHREAD_PROCESS_PRIVATE) == 0);
	run_two(one, two);
	CHECK(pthread_spin_destroy(&a) == 0);
	CHECK(pthread_spin_destroy(&b) == 0);
	return 0;
}
