/*
 * One process has the same memory mapped twice. What is reached through either mapping is the same
 * mutex: two threads that go different ways take the two in opposite orders.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 1 */
#include "scenario.h"
#include <fcntl.h>
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

static struct shared *map_shared(int fd, size_t before)
{
	char *pages;

	/* Each process somewhere else. */
	CHECK(mmap(NULL, before, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
	pages = mmap(NULL, 2 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(pages != MAP_FAILED);
	return (struct shared *)(pages + 4096);
}

static struct shared *again;

static void *a_then_b(void *argument)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
	return argument;
}

static void *b_then_a(void *argument)
{
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&again->b);
	pthread_mutex_lock(&again->a); /* @second */
	pthread_mutex_unlock(&again->a);
	pthread_mutex_unlock(&again->b);
	return argument;
}

int main(void)
{
	int fd = memfd_create("scenario", 0);

	CHECK(fd >= 0 && ftruncate(fd, 2 * 4096) == 0);
	shared = map_shared(fd, 4096);
	again = map_shared(fd, 4096);
	make_mutex(&shared->a);
	make_mutex(&shared->b);
	run_two(a_then_b, b_then_a);
	return 0;
}
