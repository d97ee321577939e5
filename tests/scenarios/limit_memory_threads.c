/*
 * The program limits its address space to more than it will ever need: 256 MiB, its child to
 * 128 MiB. So threads can be made (pthread_create fails only when there is no room for a stack of
 * 8 MiB), and memory can be had. In the child, too, before it does anything that is recorded.
 */
/* EXPECT lock-order feasible first second */
// PROCESSES 2
/* OUTPUT 64 MiB, 64 MiB */
#include "scenario.h"
#include <sys/mman.h>
#include <sys/resource.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void *ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *ab_first(void *argument)
{
	ab(NULL);
	stage_reach(1);
	return argument;
}

static void *ba(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static bool has(size_t size)
{
	void *memory = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return memory != MAP_FAILED && munmap(memory, size) == 0;
}

static int inside(void)
{
	const struct rlimit limit = {128 << 20, 128 << 20};

	CHECK(prlimit(0, RLIMIT_AS, &limit, NULL) == 0);
	CHECK(has(64 << 20));
	finish(start(ab, NULL));
	return 7;
}

int main(void)
{
	struct rlimit limit;
	pthread_t first, second;
	pid_t child;

	CHECK(getrlimit(RLIMIT_AS, &limit) == 0);
	limit.rlim_cur = 256 << 20;
	CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
	CHECK(has(64 << 20));
	finish(start(ab, NULL));
	child = fork();
	if (child == 0)
		_exit(inside());
	CHECK(reap(child) == 7);
	first = start(ab_first, NULL);
	second = start(ba, NULL);
	finish(first);
	finish(second);
	puts("64 MiB, 64 MiB");
	return 0;
}
