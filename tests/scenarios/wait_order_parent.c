/*
 * A child takes two process-shared mutexes in one order, and its parent takes them in the other
 * one when it has seen that the child has ended.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 2 */
#include "shared_pair.h"

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
}

static void b_then_a(void)
{
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

int main(void)
{
	make_shared();
	CHECK(reap(run(a_then_b)) == 0);
	b_then_a();
	return 0;
}
