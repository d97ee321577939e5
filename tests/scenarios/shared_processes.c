/*
 * Two processes take two process-shared mutexes, in memory that they inherit over the fork, in
 * opposite orders. Neither waits for the other (a stage is no order): each can hold one and want
 * the other.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 3 */
/* INSTANCES 1 */
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
	pid_t one, two;

	make_shared();
	one = run(a_then_b);
	two = run(b_then_a);
	CHECK(reap(one) == 0);
	CHECK(reap(two) == 0);
	return 0;
}
