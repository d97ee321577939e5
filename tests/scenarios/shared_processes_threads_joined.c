/*
 * The near miss of shared_processes_threads.c: the thread is joined before the fork.
 */
/* EXPECT lock-order discharged thread-order first second */
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

static void *worker(void *argument)
{
	a_then_b();
	return argument;
}

int main(void)
{
	pid_t child;

	make_shared();
	finish(start(worker, NULL));
	child = run(b_then_a);
	CHECK(reap(child) == 0);
	return 0;
}
