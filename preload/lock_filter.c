/* Owns the filters over the memory that live locks start in. */
#include "lock_filter.h"

#include <string.h>

uint8_t lock_blocks[LOCK_BLOCKS + 1];
uint8_t lock_granules[LOCK_GRANULES];

/* The first of the counters from that one to `last`, of `count` in all, that is not 0; else one
 * beyond `last`. */
static uint64_t next_set(const uint8_t *counters, uint64_t count, uint64_t index, uint64_t last)
{
	while (index <= last) {
		uint64_t eight;

		memcpy(&eight, &counters[index % count & ~UINT64_C(7)], sizeof(eight));
		if (!eight) {
			index = (index | 7) + 1;
			continue;
		}
		if (counters[index % count])
			return index;
		index++;
	}
	return index;
}

uint64_t lock_filter_next(uint64_t start, uint64_t last)
{
	const unsigned in_block = LOCK_BLOCK_SHIFT - LOCK_GRANULE_SHIFT;
	uint64_t first = start >> LOCK_GRANULE_SHIFT, end = last >> LOCK_GRANULE_SHIFT;
	uint64_t block = start >> LOCK_BLOCK_SHIFT, last_block = last >> LOCK_BLOCK_SHIFT;

	while ((block = next_set(lock_blocks, LOCK_BLOCKS, block, last_block)) <= last_block) {
		uint64_t at = block << in_block, beyond = (block + 1) << in_block;
		uint64_t limit = end < beyond ? end : beyond - 1;
		uint64_t offset = lock_granule_offset(at << LOCK_GRANULE_SHIFT);

		at = at < first ? first : at;
		at = next_set(lock_granules, LOCK_GRANULES, at + offset, limit + offset) - offset;
		if (at <= limit)
			return at << LOCK_GRANULE_SHIFT;
		block++;
	}
	return UINT64_MAX;
}

bool lock_filter_maybe(uint64_t start, uint64_t last)
{
	return (last - start) >> LOCK_BLOCK_SHIFT >= LOCK_BLOCKS ||
	       lock_filter_next(start, last) != UINT64_MAX;
}

/* A full counter stays full. */
static void count(uint8_t *counter, int change)
{
	if (*counter < UINT8_MAX)
		*counter = (uint8_t)(*counter + change);
}

void lock_filter_change(uint64_t address, int change)
{
	count(lock_granule_of(address), change);
	count(lock_block_of(address), change);
	lock_blocks[LOCK_BLOCKS] = lock_blocks[0];
}
