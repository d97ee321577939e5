/* Owns the recorder's private memory: size classes over big anonymous mappings. */
#include "arena.h"

#include "system.h"

#include <stdint.h>
#include <string.h>

enum { SMALLEST = 4, LARGEST = 40, REGION = 1 << 18 };

struct free_block {
	struct free_block *next;
};

static struct free_block *free_blocks[LARGEST];
static char *region_next, *region_end;

static unsigned size_class(size_t size)
{
	unsigned class = SMALLEST;

	while (((size_t)1 << class) < size)
		class ++;
	return class;
}

static void *take_from_region(size_t size)
{
	uintptr_t align = size < 64 ? size - 1 : 63;
	char *block = (char *)(((uintptr_t)region_next + align) & ~align);

	if (!region_next || block + size > region_end) {
		region_next = sys_mmap(REGION, -1);
		if (!region_next)
			return NULL;
		region_end = region_next + REGION;
		block = region_next;
	}
	region_next = block + size;
	return block;
}

void *arena_alloc(size_t size)
{
	unsigned class = size_class(size);
	struct free_block *block;

	if (class >= LARGEST)
		return NULL;
	size = (size_t)1 << class;
	block = free_blocks[class];
	if (block) {
		free_blocks[class] = block->next;
		return memset(block, 0, size);
	}
	return size >= REGION / 4 ? sys_mmap(size, -1) : take_from_region(size);
}

void arena_free(void *memory, size_t size)
{
	struct free_block *block = memory;
	unsigned class = size_class(size);

	if (!block)
		return;
	if (((size_t)1 << class) >= REGION / 4) {
		sys_munmap(block, (size_t)1 << class);
		return;
	}
	block->next = free_blocks[class];
	free_blocks[class] = block;
}
