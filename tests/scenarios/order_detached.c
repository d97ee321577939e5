/*
 * The near miss of order_join.c: the thread is detached, nobody can join it. That the parent takes
 * its turn only after a while is no order: the thread may not even have begun by then.
 */
/* EXPECT lock-order feasible first second */
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

static int finished;

static void *run_ba(void *argument)
{
	take_ba();
	stage_reach(1);
	__atomic_store_n(&finished, 1, __ATOMIC_RELEASE);
	return argument;
}

int main(void)
{
	CHECK(pthread_detach(start(run_ba, NULL)) == 0);
	stage_await(1);
	take_ab();
	while (!__atomic_load_n(&finished, __ATOMIC_ACQUIRE))
		usleep(1000);
	return 0;
}
