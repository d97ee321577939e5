/* Two mutexes that processes share, and the processes that take them. */
#ifndef SHARED_PAIR_H
#define SHARED_PAIR_H

#include "scenario.h"

#include <sys/mman.h>

/* stage: for stage_await_in. */
struct shared {
	pthread_mutex_t a, b;
	int stage;
};

static struct shared *shared;

static inline void make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static inline void make_shared(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	make_mutex(&shared->a);
	make_mutex(&shared->b);
}

/* A child that does that and ends. */
static inline pid_t run(void (*body)(void))
{
	pid_t child = fork();

	if (child == 0) {
		body();
		exit(0);
	}
	return child;
}

#endif
