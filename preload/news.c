/* Owns the counts of signals and of what came after them. */
#include "news.h"

#include "families.h"

enum {
	MOST_COMINGS = 64, /* of a mutex */
	MOST_AROUND = 4,   /* mutexes that one signal is told of */
};

static struct address_map signals;  /* record of a condition -> struct signals of it */
static struct address_map sections; /* record of a mutex -> struct signalled of it */

struct signalled {
	uint8_t comings;    /* 1, and how often somebody came */
	uint32_t lives;	    /* of the record, by the last signal: 24 bits */
	uint32_t condition; /* record of that */
};

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

static struct signalled signalled_of(const struct trace_node *node)
{
	uint64_t word = address_map_get(&sections, node->lock);

	return (struct signalled){(uint8_t)word, (uint32_t)word >> 8, (uint32_t)(word >> 32)};
}

static bool put_signalled(const struct trace_node *node, const struct signalled *signalled)
{
	return address_map_put(&sections, node->lock,
			       (uint64_t)signalled->condition << 32 | signalled->lives << 8 |
				       signalled->comings);
}

/* What tells the life that the record stands for now from those before. */
static uint32_t life_of(const struct trace_node *node)
{
	return ((const struct trace_lock *)trace_at(node->lock))->lives & 0xffffff;
}

void news_begin(uint32_t under, uint32_t condition)
{
	const struct trace_node *node = trace_at(under);
	struct signalled signalled;

	if (!node)
		return;
	signalled = signalled_of(node);
	signalled.comings = signalled.comings ? signalled.comings : 1;
	signalled.lives = life_of(node);
	signalled.condition = condition;
	put_signalled(node, &signalled);
}

void news_begin_inside(uint32_t under, uint32_t condition)
{
	const struct trace_node *node = trace_at(under);

	for (unsigned i = 0; node && i < MOST_AROUND; i++) {
		if (op_kind(node->op) == TRACE_LOCK_mutex)
			news_begin(trace_ref(node), condition);
		node = trace_at(node->parent);
	}
}

/* Whether a condition was signalled under its lock, and there were not too many already. */
static bool may_come(const struct trace_node *node, const struct signalled *signalled)
{
	return signalled->comings && signalled->comings <= MOST_COMINGS &&
	       signalled->lives == life_of(node);
}

bool news_may_come(const struct trace_node *node)
{
	const struct signalled signalled = signalled_of(node);

	return op_kind(node->op) == TRACE_LOCK_mutex && !op_reacquires(node->op) &&
	       may_come(node, &signalled);
}

uint32_t news_have_come(const struct trace_node *node)
{
	struct signalled signalled = signalled_of(node);

	if (!may_come(node, &signalled))
		return 0;
	signalled.comings++;
	return put_signalled(node, &signalled) ? signalled.condition : 0;
}

bool news_are_over(const struct trace_node *node)
{
	return signalled_of(node).comings > MOST_COMINGS;
}

void news_reset(void)
{
	address_map_clear(&signals);
	address_map_clear(&sections);
}
