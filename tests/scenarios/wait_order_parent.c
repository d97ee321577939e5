/*
 * A child takes two process-shared mutexes in one order, and its parent takes them in the other
 * one when it has seen that the child has ended.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 2 */
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

static void b_then_a(void)
{
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

int main(void)
{
	make_shared();
	CHECK(reap(run(a_then_b)) == 0);
	b_then_a();
	return 0;
}
