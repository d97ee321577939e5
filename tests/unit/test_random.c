/*
 * Unit tests: the check lock-order against the definition of a deadlock, on small models made at
 * random. The definition is tried on every combination of acquisitions, without graph, components,
 * classes or time lines.
 */
#include "suite.h"
#include "synthetic.h"

#define MODELS 4000
#define MAX_LOCKS 5
/* Each lock of a circle, and a writer at each. */
#define MAX_CHAIN (2 * MAX_LOCKS)

static struct synthetic *made;
static struct order *order;
static bool reading; /* most acquisitions are of the read side */
static uint64_t state;

static uint32_t random_below(uint32_t limit)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(state >> 33) % limit;
}

static uint16_t random_op(void)
{
	static const uint16_t odd[] = {TRACE_OP_mutex_trylock, TRACE_OP_mutex_timedlock,
				       TRACE_OP_cond_wait, TRACE_OP_rwlock_rdlock,
				       TRACE_OP_rwlock_tryrdlock};
	if (reading && random_below(4))
		return TRACE_OP_rwlock_rdlock;
	return random_below(3) ? TRACE_OP_mutex_lock : odd[random_below(5)];
}

/* Some thread takes up to four locks inside one another; some of these nodes were never counted. */
static void nest(uint32_t thread, uint32_t locks)
{
	uint32_t node = NO_INDEX, depth = 1 + random_below(4);
	for (uint32_t i = 0; i < depth; i++)
		node = synthetic_node(made, thread, node, random_below(locks), random_op(), "f",
				      random_below(6) ? 1 : 0);
}

/* Threads are created, nest locks and are joined, in any order that is possible. */
static void random_model(void)
{
	uint32_t locks = 2 + random_below(MAX_LOCKS - 1), actions = 4 + random_below(16);
	uint32_t live[32] = {made->main}, live_count = 1;
	reading = random_below(2);
	for (uint32_t i = 0; i < locks; i++) {
		uint32_t lock = synthetic_lock(made, "lock");
		if (random_below(3) < (reading ? 2 : 1))
			made->model.locks[lock].flags |= TRACE_LOCK_WRITER_FIRST;
	}
	for (uint32_t i = 0; i < actions; i++) {
		uint32_t chosen = random_below(live_count);
		switch (random_below(6)) {
		case 0:
		case 1:
			live[live_count++] = synthetic_thread(made, live[chosen], "worker");
			break;
		case 2:
			if (chosen == 0)
				break;
			synthetic_join(made, live[random_below(chosen)], live[chosen]);
			live[chosen] = live[--live_count];
			break;
		default:
			nest(live[chosen], locks);
		}
	}
}

/* How a node's path holds a lock: 0 not, 1 shared, 2 exclusively. */
static int held(uint32_t node, uint32_t lock)
{
	const struct node *nodes = made->model.nodes;
	int how = 0;
	for (uint32_t at = nodes[node].parent; at != NO_INDEX; at = nodes[at].parent) {
		int here = op_flags(nodes[at].op) & TRACE_OP_SHARED ? 1 : 2;
		if (nodes[at].lock == lock && here > how)
			how = here;
	}
	return how;
}

static bool reads(uint32_t node)
{
	return op_flags(made->model.nodes[node].op) & TRACE_OP_SHARED;
}

static bool writer_first(uint32_t node)
{
	return made->model.locks[made->model.nodes[node].lock].flags & TRACE_LOCK_WRITER_FIRST;
}

/* Who reads under a lock already waits to read again only behind a writer. */
static bool can_wait(uint32_t node)
{
	const struct node *wanted = &made->model.nodes[node];
	int how = held(node, wanted->lock);
	return wanted->count > 0 && !(op_flags(wanted->op) & (TRACE_OP_TRY | TRACE_OP_TIMED)) &&
	       (how == 0 || (how == 1 && reads(node) && writer_first(node)));
}

static bool go_together(uint32_t x, uint32_t y)
{
	const struct node *nodes = made->model.nodes;
	if (nodes[x].thread == nodes[y].thread || !order_concurrent(order, x, y))
		return false;
	for (uint32_t lock = 0; lock < made->model.lock_count; lock++)
		if (held(x, lock) && held(y, lock) && held(x, lock) + held(y, lock) > 2)
			return false;
	return true;
}

/* Whether x waits for what y holds, or is a reader behind y, a writer who waits too. */
static bool waits_for(uint32_t x, uint32_t y)
{
	const struct node *wanted = &made->model.nodes[x];
	int how = held(y, wanted->lock);
	if (reads(x) && !reads(y) && writer_first(x) && made->model.nodes[y].lock == wanted->lock)
		return true;
	return how == 2 || (how == 1 && !reads(x));
}

/* Whether a chain of waits can be closed: chosen[i] waits for chosen[i + 1]. */
static bool can_deadlock(uint32_t *chosen, size_t count)
{
	if (count >= 2 && waits_for(chosen[count - 1], chosen[0]))
		return true;
	if (count == MAX_CHAIN)
		return false;
	for (uint32_t node = 0; node < made->model.node_count; node++) {
		if (!can_wait(node) || (count > 0 && !waits_for(chosen[count - 1], node)))
			continue;
		size_t fits = 0;
		while (fits < count && go_together(chosen[fits], node))
			fits++;
		if (fits < count)
			continue;
		chosen[count] = node;
		if (can_deadlock(chosen, count + 1))
			return true;
	}
	return false;
}

/* Whether the check finds one. */
static bool finds_deadlock(void)
{
	struct findings found;
	synthetic_check(made, &found);
	bool finds = found.count > 0 && found.items[0].verdict <= VERDICT_POTENTIAL;
	ck_assert_uint_eq(found.truncated.cycles, 0);
	findings_free(&found);
	return finds;
}

START_TEST(agrees_with_the_definition)
{
	uint32_t chosen[MAX_CHAIN];
	size_t deadlocks = 0;
	state = _i;
	for (int i = 0; i < MODELS; i++) {
		uint64_t seed = state;
		made = synthetic_new();
		random_model();
		order = order_new(&made->model);
		bool expected = can_deadlock(chosen, 0);
		ck_assert_msg(finds_deadlock() == expected, "model of state %llu: expected %d",
			      (unsigned long long)seed, expected);
		deadlocks += expected;
		order_free(order);
		synthetic_free(made);
	}
	/* The models are neither all trivial nor all hopeless. */
	ck_assert_uint_gt(deadlocks, MODELS / 50);
	ck_assert_uint_lt(deadlocks, MODELS - MODELS / 50);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("random");
	TCase *cases = tcase_create("random");
	tcase_set_timeout(cases, 60);
	tcase_add_loop_test(cases, agrees_with_the_definition, 1, 6);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
