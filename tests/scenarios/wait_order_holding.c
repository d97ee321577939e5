/*
 * The near miss of wait_order_parent.c: the parent takes its first mutex before it waits for the
 * child, and the second one afterwards. A child that comes later than the stage has it, holds a
 * when it wants b, which its parent keeps while it waits for the child's end: both wait for ever.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "shared_pair.h"

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

int main(void)
{
	pid_t child;

	make_shared();
	child = run(a_then_b);
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&shared->b);
	CHECK(reap(child) == 0);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
	return 0;
}
