/* Owns the map from addresses to words. */
#include "address_map.h"

#include "arena.h"

enum { FIRST_SLOTS = 256 };

static size_t home(const struct address_map *map, uint64_t key)
{
	return (key * UINT64_C(0x9e3779b97f4a7c15)) >> 20 & (map->count - 1);
}

static size_t find(const struct address_map *map, uint64_t key)
{
	size_t index = home(map, key);

	while (map->slots[index].key && map->slots[index].key != key)
		index = (index + 1) & (map->count - 1);
	return index;
}

uint64_t address_map_get(const struct address_map *map, uint64_t key)
{
	return map->count ? map->slots[find(map, key)].value : 0;
}

static bool grow(struct address_map *map)
{
	struct address_map bigger = {.count = map->count ? 2 * map->count : FIRST_SLOTS};

	bigger.slots = arena_alloc(bigger.count * sizeof(*bigger.slots));
	if (!bigger.slots)
		return false;
	for (size_t i = 0; i < map->count; i++) {
		if (map->slots[i].key)
			bigger.slots[find(&bigger, map->slots[i].key)] = map->slots[i];
	}
	bigger.used = map->used;
	arena_free(map->slots, map->count * sizeof(*map->slots));
	*map = bigger;
	return true;
}

bool address_map_put(struct address_map *map, uint64_t key, uint64_t value)
{
	struct address_slot *slot;

	if (map->used * 3 >= map->count * 2 && !grow(map))
		return false;
	slot = &map->slots[find(map, key)];
	map->used += !slot->key;
	*slot = (struct address_slot){key, value};
	return true;
}

void address_map_remove(struct address_map *map, uint64_t key)
{
	size_t hole, next;

	if (!map->count)
		return;
	hole = next = find(map, key);
	if (!map->slots[hole].key)
		return;
	map->used--;
	for (;;) {
		map->slots[hole] = (struct address_slot){0, 0};
		for (;;) {
			size_t ideal;

			next = (next + 1) & (map->count - 1);
			if (!map->slots[next].key)
				return;
			ideal = home(map, map->slots[next].key);
			/* It may move to the hole unless its home lies cyclically in (hole, next].
			 */
			if (((next - ideal) & (map->count - 1)) >=
			    ((next - hole) & (map->count - 1)))
				break;
		}
		map->slots[hole] = map->slots[next];
		hole = next;
	}
}

void address_map_clear(struct address_map *map)
{
	for (size_t i = 0; i < map->count; i++)
		map->slots[i] = (struct address_slot){0, 0};
	map->used = 0;
}

void address_map_free(struct address_map *map)
{
	arena_free(map->slots, map->count * sizeof(*map->slots));
	*map = (struct address_map){NULL, 0, 0};
}
