/*
 * The near miss of wait_order_between.c: the middle child ends without waiting for the one that it
 * forked. The stage keeps the two sides apart for a bounded time only, so they can meet.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 4 */
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
}

static void b_then_a(void)
{
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
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

/* Goes without a wait for the other one. */
static void delegate(void)
{
	CHECK(run(a_then_b) > 0);
}

int main(void)
{
	make_shared();
	CHECK(reap(run(delegate)) == 0);
	CHECK(reap(run(b_then_a)) == 0);
	return 0;
}
