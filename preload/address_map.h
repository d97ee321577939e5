/*
 * A map from addresses to words: open addressing, linear probing, deletion by moving back (Knuth,
 * TAOCP 6.4, algorithm R). 16 bytes a slot: a program may have a million live locks. Under the
 * recorder's lock.
 */
#ifndef GORDIAN_ADDRESS_MAP_H
#define GORDIAN_ADDRESS_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct address_slot {
	uint64_t key; /* 0: free */
	uint64_t value;
};

/* Zeroed: empty. */
struct address_map {
	struct address_slot *slots;
	size_t count; /* of slots; a power of two, or 0 */
	size_t used;
};

/* 0: not there. */
uint64_t address_map_get(const struct address_map *map, uint64_t key);
/* key and value are not 0. False: no memory. */
bool address_map_put(struct address_map *map, uint64_t key, uint64_t value);
void address_map_remove(struct address_map *map, uint64_t key);
/* Empties it. */
void address_map_clear(struct address_map *map);
/* Forgets everything and gives the memory back. */
void address_map_free(struct address_map *map);

#endif
