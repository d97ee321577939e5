/*
 * The near miss of alike_detached_before.c: the parent does so after the first of them. That it
 * takes its turn only after a while is no order.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 101 */
#include "scenario.h"

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

static void *run_ab(void *argument)
{
	take_ab();
	stage_advance();
	return argument;
}

int main(void)
{
	for (int round = 0; round < 100; round++) {
		CHECK(pthread_detach(start(run_ab, NULL)) == 0);
		stage_await(round + 1);
		if (round == 50)
			take_ba();
	}
	return 0;
}
