/*
 * A process ends while it holds a robust shared mutex; the parent is told, repairs it and goes on.
 * This is what robust mutexes are for. Both take the two mutexes in the same order.
 */
/* EXPECT none */
/* OUTPUT repaired */
#include "scenario.h"
#include <sys/mman.h>

struct shared {
	pthread_mutex_t a, b;
};

static struct shared *shared;

static void make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0);
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

int main(void)
{
	pid_t child;

	make_shared();
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(&shared->a);
		pthread_mutex_lock(&shared->b);
		pthread_mutex_unlock(&shared->b);
		_exit(0);
	}
	CHECK(reap(child) == 0);
	CHECK(pthread_mutex_lock(&shared->a) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(&shared->a) == 0);
	puts("repaired");
	pthread_mutex_lock(&shared->b);
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	return 0;
}
