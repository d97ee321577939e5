/*
 * The program has an allocator of its own, with a mutex around its state. One thread allocates with
 * another lock held, as programs do; the allocator, when it is asked for statistics, takes that
 * lock with its own held. (What looks at the deadlock had better not allocate.)
 */
/* HANGS */
/* EXPECT deadlock-cycle observed allocate statistics */
#include "hang.h"
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

static void count(void)
{
	allocations++;
}

static void *cut(size_t alignment, size_t size)
{
	size_t at;

	pthread_mutex_lock(&heap); /* @allocate */
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
	char *volatile memory;

	pthread_mutex_lock(&table);
	meet(2);
	memory = malloc(100);
	free(memory);
	pthread_mutex_unlock(&table);
	return argument;
}

static void *statistics(void *argument)
{
	pthread_mutex_lock(&heap);
	meet(2);
	pthread_mutex_lock(&table); /* @statistics */
	pthread_mutex_unlock(&table);
	pthread_mutex_unlock(&heap);
	return argument;
}

int main(void)
{
	run_two(user, statistics);
	return 0;
}
