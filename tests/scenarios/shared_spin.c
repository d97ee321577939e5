/*
 * Like shared_processes.c, with spin locks, which do not remember that they are shared.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 3 */
#include "scenario.h"
#include <sys/mman.h>

struct shared {
	pthread_spinlock_t a, b;
	int stage;
};

static struct shared *shared;

static void make_shared(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	CHECK(pthread_spin_init(&shared->a, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_spin_init(&shared->b, PTHREAD_PROCESS_SHARED) == 0);
}

static void a_then_b(void)
{
	pthread_spin_lock(&shared->a);
	pthread_spin_lock(&shared->b); /* @first */
	pthread_spin_unlock(&shared->b);
	pthread_spin_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

static void b_then_a(void)
{
	stage_await_in(&shared->stage, 1);
	pthread_spin_lock(&shared->b);
	pthread_spin_lock(&shared->a); /* @second */
	pthread_spin_unlock(&shared->a);
	pthread_spin_unlock(&shared->b);
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
