/*
 * As in wait_order_parent.c a child is waited for before its locks are taken the other way round,
 * but by a thread of the parent that is beside the one that takes them: the stage lets that go on
 * in a bounded time, whether the child has ended or not.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
/* THREADS 4 */
#include "scenario.h"
#include <sys/mman.h>

struct shared {
	pthread_mutex_t a, b;
	int stage;
};

static struct shared *shared;

static void make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void make_shared(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	make_mutex(&shared->a);
	make_mutex(&shared->b);
}

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

static pid_t run(void (*body)(void))
{
	pid_t child = fork();

	if (child == 0) {
		body();
		exit(0);
	}
	return child;
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
