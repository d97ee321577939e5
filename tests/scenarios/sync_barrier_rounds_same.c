/*
 * As sync_barrier_rounds, but in the last round both take theirs. Stages keep them apart here.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

enum { ROUNDS = 100 };

static pthread_barrier_t barrier;

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

static void *one(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (i % 2 == 0 || i == ROUNDS - 1)
			take_ab();
		if (i == ROUNDS - 1)
			stage_reach(1);
		pthread_barrier_wait(&barrier);
	}
	return argument;
}

static void *two(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		if (i == ROUNDS - 1)
			stage_await(1);
		if (i % 2 == 1)
			take_ba();
		pthread_barrier_wait(&barrier);
	}
	return argument;
}

int main(void)
{
	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	run_two(one, two);
	return 0;
}
