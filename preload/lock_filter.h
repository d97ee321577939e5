/*
 * The counting filters that say where there is certainly no lock (locks.h), as the table of locks
 * keeps them up. Under the recorder's lock, except for lock_filter_maybe.
 */
#ifndef GORDIAN_LOCK_FILTER_H
#define GORDIAN_LOCK_FILTER_H

#include "locks.h"

/*
 * How far the counters of all 64 MiB around the address are moved. The C library's arenas begin at
 * multiples of that, and threads that do the same have the same things at the same places in them.
 */
static inline uint64_t lock_granule_offset(uint64_t address)
{
	return ((address >> 26) * UINT32_C(0x9e3779b1) << 3) % LOCK_GRANULES;
}

static inline uint8_t *lock_granule_of(uint64_t address)
{
	uint64_t granule = (address >> LOCK_GRANULE_SHIFT) + lock_granule_offset(address);

	return &lock_granules[granule % LOCK_GRANULES];
}

static inline uint8_t *lock_block_of(uint64_t address)
{
	return &lock_blocks[(address >> LOCK_BLOCK_SHIFT) % LOCK_BLOCKS];
}

/*
 * Where the first 16 bytes (LOCK_GRANULE_SHIFT) lie in [start, last] that a lock may start in,
 * rounded down; UINT64_MAX: nowhere.
 */
uint64_t lock_filter_next(uint64_t start, uint64_t last);
/* Whether there may be one in [start, last]. */
bool lock_filter_maybe(uint64_t start, uint64_t last);
/* Enters the lock at that address, with 1, or takes it out, with -1. */
void lock_filter_change(uint64_t address, int change);

#endif
