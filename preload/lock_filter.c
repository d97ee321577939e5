/* Owns the filters over the memory that live locks start in. */
#include "lock_filter.h"

#include <string.h>

uint8_t lock_blocks[LOCK_BLOCKS + 1];
uint8_t lock_granules[LOCK_GRANULES];

/* Whether one of the counters first … last, of `count` in all, is not 0. */
static bool any_set(const uint8_t *counters, uint64_t count, uint64_t first, uint64_t last)
{
	if (last - first >= count)
		return true;
	for (; first <= last && first % 8; first++) {
		if (counters[first % count])
			return true;
	}
	for (; first + 8 <= last; first += 8) {
		uint64_t eight;

		memcpy(&eight, &counters[first % count], sizeof(eight));
		if (eight)
			return true;
	}
	for (; first <= last; first++) {
		if (counters[first % count])
			return true;
	}
	return false;
}

bool lock_filter_maybe(uint64_t start, uint64_t last)
{
	return any_set(lock_blocks, LOCK_BLOCKS, start >> LOCK_BLOCK_SHIFT,
		       last >> LOCK_BLOCK_SHIFT) &&
	       any_set(lock_granules, LOCK_GRANULES, start >> LOCK_GRANULE_SHIFT,
		       last >> LOCK_GRANULE_SHIFT);
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
