/*
 * As in wait_order_parent.c a child is waited for before its locks are taken the other way round,
 * but by a thread of the parent that is beside the one that takes them: the stage lets that go on
 * in a bounded time, whether the child has ended or not.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
/* THREADS 4 */
#include "shared_pair.h"

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
}

static void *b_then_a(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
	return argument;
}

static void *waits(void *argument)
{
	CHECK(reap(run(a_then_b)) == 0);
	stage_reach(1);
	return argument;
}

int main(void)
{
	make_shared();
	run_two(waits, b_then_a);
	return 0;
}
