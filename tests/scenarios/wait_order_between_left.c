/*
 * The near miss of wait_order_between.c: the middle child ends without waiting for the one that it
 * forked. The stage keeps the two sides apart for a bounded time only, so they can meet.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 4 */
#include "shared_pair.h"

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

static void b_then_a(void)
{
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

/* Goes without a wait for the other one. */
static void delegate(void)
{
	CHECK(run(a_then_b) > 0);
}

int main(void)
{
	make_shared();
	CHECK(reap(run(delegate)) == 0);
	CHECK(reap(run(b_then_a)) == 0);
	return 0;
}
