/*
 * The near miss of allocator.c: the allocator counts under the lock of the table, while it has its
 * own. Another thread has the table and allocates.
 */
/* EXPECT lock-order feasible in-allocator allocates */
#include "scenario.h"
#include <malloc.h>

static pthread_mutex_t heap = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

/*
 * The program's own allocator: a pool that is cut off bit by bit, under a mutex. Each piece is
 * preceded by its size; nothing is ever used again.
 */
static _Alignas(64) char pool[64 << 20];
static size_t pool_used;
static long allocations;
static int counting;

static void count(void)
{
	if (!__atomic_load_n(&counting, __ATOMIC_ACQUIRE))
		return;
	pthread_mutex_lock(&table); /* @in-allocator */
	allocations++;
	pthread_mutex_unlock(&table);
}

static void *cut(size_t alignment, size_t size)
{
	size_t at;

	pthread_mutex_lock(&heap);
	count();
	at = (pool_used + sizeof(size_t) + alignment - 1) / alignment * alignment;
	if (size > sizeof(pool) || at > sizeof(pool) - size) {
		pthread_mutex_unlock(&heap);
		return NULL;
	}
	memcpy(pool + at - sizeof(size), &size, sizeof(size));
	pool_used = at + size;
	pthread_mutex_unlock(&heap);
	return pool + at;
}

void *malloc(size_t size)
{
	return cut(16, size);
}

void free(void *memory)
{
	if (!memory)
		return;
	pthread_mutex_lock(&heap);
	allocations--;
	pthread_mutex_unlock(&heap);
}

void *calloc(size_t count, size_t size)
{
	return size && count > sizeof(pool) / size ? NULL : cut(16, count * size);
}

void *realloc(void *memory, size_t size)
{
	void *moved = cut(16, size);
	size_t old;

	if (moved && memory) {
		memcpy(&old, (char *)memory - sizeof(old), sizeof(old));
		memcpy(moved, memory, old < size ? old : size);
		free(memory);
	}
	return moved;
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
	*memory = cut(alignment < 16 ? 16 : alignment, size);
	return *memory ? 0 : ENOMEM;
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return cut(alignment < 16 ? 16 : alignment, size);
}

void *memalign(size_t alignment, size_t size)
{
	return cut(alignment < 16 ? 16 : alignment, size);
}

static void *user(void *argument)
{
	pthread_mutex_lock(&table);
	char *volatile memory = malloc(100); /* @allocates */

	CHECK(memory);
	pthread_mutex_unlock(&table);
	stage_reach(1);
	return argument;
}

static void *idle(void *argument)
{
	stage_await(1);
	__atomic_store_n(&counting, 1, __ATOMIC_RELEASE);
	char *volatile memory = malloc(100);

	__atomic_store_n(&counting, 0, __ATOMIC_RELEASE);
	CHECK(memory);
	return argument;
}

int main(void)
{
	run_two(user, idle);
	return 0;
}
