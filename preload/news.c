/* Owns the counts of signals and of what came after them. */
#include "news.h"

#include "families.h"

enum { MOST_COMINGS = 64 }; /* of a mutex */

static struct address_map signals;  /* record of a condition -> struct signals of it */
static struct address_map sections; /* record of a mutex -> 1, and how often somebody came */

struct signals {
	uint32_t all, most; /* most: of one thread */
};

static struct signals signals_of(uint32_t condition)
{
	uint64_t word = address_map_get(&signals, condition);

	return (struct signals){(uint32_t)(word >> 32), (uint32_t)word};
}

void news_count(uint32_t condition, uint32_t count)
{
	struct signals known = signals_of(condition);

	known.all++;
	known.most = count > known.most ? count : known.most;
	address_map_put(&signals, condition, (uint64_t)known.all << 32 | known.most);
}

bool news_are_too_many(uint32_t condition, uint32_t most)
{
	struct signals known = signals_of(condition);

	return known.all > most + 2 * known.most;
}

void news_begin(uint32_t section)
{
	const struct trace_node *node = trace_at(section);

	if (node && !address_map_get(&sections, node->lock))
		address_map_put(&sections, node->lock, 1);
}

/* 0: no condition was signalled under its lock, or there were too many already. */
static uint64_t comings_to(const struct trace_node *node)
{
	uint64_t comings = address_map_get(&sections, node->lock);

	return comings <= MOST_COMINGS ? comings : 0;
}

bool news_may_come(const struct trace_node *node)
{
	return op_kind(node->op) == TRACE_LOCK_mutex && !op_reacquires(node->op) &&
	       comings_to(node);
}

bool news_have_come(const struct trace_node *node)
{
	const uint64_t comings = comings_to(node);

	return comings && address_map_put(&sections, node->lock, comings + 1);
}

void news_reset(void)
{
	address_map_clear(&signals);
	address_map_clear(&sections);
}
