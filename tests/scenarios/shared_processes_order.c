/*
 * The near miss of shared_processes.c: both processes take a before b.
 */
/* EXPECT none */
/* PROCESSES 3 */
#include "shared_pair.h"

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

int main(void)
{
	pid_t one, two;

	make_shared();
	one = run(a_then_b);
	two = run(a_then_b);
	CHECK(reap(one) == 0);
	CHECK(reap(two) == 0);
	return 0;
}
