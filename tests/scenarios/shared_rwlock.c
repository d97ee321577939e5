/*
 * Like shared_processes.c, with reader-writer locks taken for writing.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 3 */
#include "scenario.h"
#include <sys/mman.h>

struct shared {
	pthread_rwlock_t a, b;
	int stage;
};

static struct shared *shared;

static void make_rwlock(pthread_rwlock_t *rwlock)
{
	pthread_rwlockattr_t attributes;

	CHECK(pthread_rwlockattr_init(&attributes) == 0);
	CHECK(pthread_rwlockattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_rwlock_init(rwlock, &attributes) == 0);
}

static void make_shared(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	make_rwlock(&shared->a);
	make_rwlock(&shared->b);
}

static void a_then_b(void)
{
	pthread_rwlock_wrlock(&shared->a);
	pthread_rwlock_wrlock(&shared->b); /* @first */
	pthread_rwlock_unlock(&shared->b);
	pthread_rwlock_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

static void b_then_a(void)
{
	stage_await_in(&shared->stage, 1);
	pthread_rwlock_wrlock(&shared->b);
	pthread_rwlock_wrlock(&shared->a); /* @second */
	pthread_rwlock_unlock(&shared->a);
	pthread_rwlock_unlock(&shared->b);
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
	pid_t one, two;

	make_shared();
	one = run(a_then_b);
	two = run(b_then_a);
	CHECK(reap(one) == 0);
	CHECK(reap(two) == 0);
	return 0;
}
