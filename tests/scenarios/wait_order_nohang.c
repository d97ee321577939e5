/*
 * Another near miss of wait_order.c: the parent asks for the first child's end before it forks the
 * second one, but does not wait for it (WNOHANG), and is told that it has not ended: the first
 * child waits, for a bounded time, for the second to be done. waitpid returns 0, which orders
 * nothing.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 3 */
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

static pid_t run(void (*body)(void))
{
	pid_t child = fork();

	if (child == 0) {
		body();
		exit(0);
	}
	return child;
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
