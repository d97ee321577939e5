/*
 * One side only tries for its second lock, and backs off.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "scenario.h"

static pthread_spinlock_t a;
static pthread_spinlock_t b;

static void *one(void *argument)
{
	pthread_spin_lock(&a);
	pthread_spin_lock(&b); /* @first */
	pthread_spin_unlock(&b);
	pthread_spin_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_spin_lock(&b);
	if (pthread_spin_trylock(&a) == 0) /* @second */
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
