/*
 * The near miss of rwlock_recursive_half_released.c: both holds were given back before x is taken.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t x = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_wrlock(&x);
	pthread_rwlock_unlock(&x);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_wrlock(&x);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
