/*
 * Two threads take two spin locks in opposite orders. Each can end up spinning for the other's.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
/* ACQUISITIONS 4 */
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
	pthread_spin_lock(&a); /* @second */
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
