/*
 * Another near miss of wait_order.c: the parent asks for the first child's end before it forks the
 * second one, but does not wait for it (WNOHANG), and is told that it has not ended: the first
 * child waits, for a bounded time, for the second to be done. waitpid returns 0, which orders
 * nothing.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 3 */
#include "shared_pair.h"

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
	stage_await_in(&shared->stage, 2);
}

static void b_then_a(void)
{
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
	__atomic_store_n(&shared->stage, 2, __ATOMIC_RELEASE);
}

int main(void)
{
	pid_t one;
	int status;

	make_shared();
	one = run(a_then_b);
	stage_await_in(&shared->stage, 1);
	CHECK(waitpid(one, &status, WNOHANG) == 0);
	CHECK(reap(run(b_then_a)) == 0);
	CHECK(reap(one) == 0);
	return 0;
}
