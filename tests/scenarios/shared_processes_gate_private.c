/*
 * Near miss the other way: what is held around both orders is an ordinary mutex, of which each
 * process has its own after the fork. It excludes nobody.
 */
/* EXPECT lock-order potential first second */
#include "shared_pair.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void a_then_b(void)
{
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&gate);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

static void b_then_a(void)
{
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&gate);
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
