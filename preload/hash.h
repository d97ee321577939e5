/* Content hashes of things that are interned. */
#ifndef GORDIAN_HASH_H
#define GORDIAN_HASH_H

#include <stdint.h>

/* The hash of one more word. */
static inline uint64_t hash_word(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

#endif
