/*
 * The near miss of shared_shm_open.c: each process has a file of its own. The mutexes lie in the
 * same place of the files, and of the processes, but they are others.
 */
/* EXPECT none */
/* PROCESSES 3 */
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

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

static void b_then_a(void)
{
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

static pid_t run(void (*body)(void))
{
	pid_t child = fork();

	if (child == 0) {
		int fd = memfd_create("scenario", 0);

		CHECK(fd >= 0 && ftruncate(fd, 2 * 4096) == 0);
		shared = map_shared(fd, 4096);
		make_mutex(&shared->a);
		make_mutex(&shared->b);
		body();
		exit(0);
	}
	return child;
}

int main(void)
{
	pid_t one, two;

	one = run(a_then_b);
	two = run(b_then_a);
	CHECK(reap(one) == 0);
	CHECK(reap(two) == 0);
	return 0;
}
