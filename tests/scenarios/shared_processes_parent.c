/*
 * A process takes the shared mutexes in one order after it has forked; its child in the other.
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

static void b_then_a(void)
{
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

int main(void)
{
	pid_t child;

	make_shared();
	child = run(b_then_a);
	a_then_b();
	CHECK(reap(child) == 0);
	return 0;
}
