/*
 * The near miss of order_transitive.c: the manager does not join the thread it creates, but
 * detaches it. Joining the manager says nothing about that thread.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 4 */
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
	stage_reach(1);
	return argument;
}

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

static void *manage(void *argument)
{
	CHECK(pthread_detach(start(run_ab, NULL)) == 0);
	return argument;
}

int main(void)
{
	finish(start(manage, NULL));
	stage_await(1);
	finish(start(run_ba, NULL));
	return 0;
}
