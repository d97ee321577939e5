/*
 * A lock is destroyed and initialised again between two uses in opposite orders: the second one is
 * another lock at the same place (POSIX pthread_rwlock_destroy).
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;
static bool again;

static void *one(void *argument)
{
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_wrlock(&b);
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	CHECK(pthread_rwlock_destroy(&a) == 0);
	CHECK(pthread_rwlock_init(&a, NULL) == 0);
	__atomic_store_n(&again, true, __ATOMIC_RELEASE);
	return argument;
}

static void *two(void *argument)
{
	while (!__atomic_load_n(&again, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_rwlock_wrlock(&b);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
