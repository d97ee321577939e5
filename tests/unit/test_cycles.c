/* Unit tests: the enumeration of lock cycles. */
#include "cycles.h"
#include "suite.h"
#include "synthetic.h"

#define PLENTY (1u << 27)

static struct synthetic *made;
static uint32_t threads[16];
static size_t lengths[CYCLES_MAX_LENGTH + 1]; /* cycles seen, by length */
static size_t total, last_length;
static bool ordered, valid, smallest_first;
static const struct graph *visited;

static void setup(void)
{
	made = synthetic_new();
	for (size_t i = 0; i < 16; i++)
		threads[i] = synthetic_thread(made, made->main, "worker");
}

static void teardown(void)
{
	synthetic_free(made);
}

static void note(void *context, const uint32_t *locks, size_t count, uint64_t *steps)
{
	(void)context;
	(void)steps;
	lengths[count]++;
	total++;
	ordered &= count >= last_length;
	last_length = count;
	for (size_t i = 0; i < count; i++) {
		valid &= graph_edge_find(visited, locks[i], locks[(i + 1) % count]) != NULL;
		smallest_first &= locks[i] >= locks[0];
		for (size_t j = 0; j < i; j++)
			valid &= locks[i] != locks[j];
	}
}

/* Visits all cycles of the model's components; whether the search was complete. */
static bool visit_all(uint64_t budget)
{
	struct graph *graph = graph_new(&made->model);
	bool complete = true;
	for (size_t i = 0; i <= CYCLES_MAX_LENGTH; i++)
		lengths[i] = 0;
	total = last_length = 0;
	ordered = valid = smallest_first = true;
	visited = graph;
	for (size_t i = 0; i < graph->component_count; i++)
		complete &= cycles_each(graph, i, &budget, note, NULL);
	graph_free(graph);
	ck_assert(valid);
	ck_assert(smallest_first);
	return complete;
}

static void locks_make(uint32_t *locks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		locks[i] = synthetic_lock(made, "lock");
}

/* `spread` threads in turn take each lock of a ring inside the one before it. */
static void ring(const uint32_t *locks, size_t count, size_t spread)
{
	for (size_t i = 0; i < count; i++)
		synthetic_nest(made, threads[i % spread], locks[i], locks[(i + 1) % count],
			       NO_INDEX);
}

/* Every lock is taken inside every other one. */
static void mesh(const uint32_t *locks, size_t count, size_t spread)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			if (i != j)
				synthetic_nest(made, threads[(i + j) % spread], locks[i], locks[j],
					       NO_INDEX);
}

START_TEST(rings_are_found_once)
{
	uint32_t locks[5];
	locks_make(locks, 5);
	ring(locks, 5, 5);
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(total, 1);
	ck_assert_uint_eq(lengths[5], 1);
}
END_TEST

START_TEST(all_cycles_of_a_mesh_are_found)
{
	/* The complete graph of n vertices has sum over k of n!/((n-k)! k) simple cycles. */
	uint32_t locks[5];
	locks_make(locks, 5);
	mesh(locks, 5, 7);
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(lengths[2], 10);
	ck_assert_uint_eq(lengths[3], 20);
	ck_assert_uint_eq(lengths[4], 30);
	ck_assert_uint_eq(lengths[5], 24);
	ck_assert_uint_eq(total, 84);
	ck_assert(ordered);
}
END_TEST

START_TEST(cycles_longer_than_the_threads_are_not_listed)
{
	/* Two threads: no deadlock of three is possible, and all edges lie on cycles of two. */
	uint32_t locks[5];
	locks_make(locks, 5);
	mesh(locks, 5, 2);
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(lengths[2], 10);
	ck_assert_uint_eq(total, 10);
}
END_TEST

START_TEST(every_edge_gets_a_cycle)
{
	/* One thread makes a ring of five: too long for it, but reported. */
	uint32_t locks[5];
	locks_make(locks, 5);
	ring(locks, 5, 1);
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(lengths[5], 1);
	ck_assert_uint_eq(total, 1);
}
END_TEST

START_TEST(chord_makes_a_second_cycle)
{
	uint32_t locks[4];
	locks_make(locks, 4);
	ring(locks, 4, 4);
	synthetic_nest(made, threads[4], locks[1], locks[3], NO_INDEX);
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(lengths[3], 1);
	ck_assert_uint_eq(lengths[4], 1);
	ck_assert_uint_eq(total, 2);
}
END_TEST

START_TEST(components_are_searched_each)
{
	for (size_t i = 0; i < 50; i++) {
		uint32_t locks[2];
		locks_make(locks, 2);
		ring(locks, 2, 2);
	}
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(lengths[2], 50);
}
END_TEST

START_TEST(component_without_budget_is_still_looked_at)
{
	uint32_t locks[2];
	locks_make(locks, 2);
	ring(locks, 2, 2);
	ck_assert(visit_all(0));
	ck_assert_uint_eq(lengths[2], 1);
}
END_TEST

START_TEST(ring_beyond_the_bound_is_said_to_be_cut)
{
	static uint32_t locks[CYCLES_MAX_LENGTH + 1];
	locks_make(locks, CYCLES_MAX_LENGTH + 1);
	ring(locks, CYCLES_MAX_LENGTH, 16);
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(lengths[CYCLES_MAX_LENGTH], 1);
	teardown();
	setup();
	locks_make(locks, CYCLES_MAX_LENGTH + 1);
	for (size_t i = 0; i <= CYCLES_MAX_LENGTH; i++)
		synthetic_nest(made, synthetic_thread(made, made->main, "philosopher"), locks[i],
			       locks[(i + 1) % (CYCLES_MAX_LENGTH + 1)], NO_INDEX);
	ck_assert(!visit_all(PLENTY));
	ck_assert_uint_eq(total, 0);
}
END_TEST

START_TEST(big_mesh_is_cut_and_says_so)
{
	static uint32_t locks[2000];
	locks_make(locks, 2000);
	for (size_t i = 0; i < 2000; i++)
		for (size_t step = 1; step <= 100; step++)
			synthetic_nest(made, threads[step % 16], locks[i],
				       locks[(i * 7 + step * step) % 2000], NO_INDEX);
	ck_assert(!visit_all(PLENTY));
	ck_assert_uint_gt(total, 1000);
	ck_assert_uint_gt(lengths[2], 0);
}
END_TEST

START_TEST(nested_locks_make_no_extra_cycles)
{
	/* Ten threads take 200 locks in order, one the last before the first. */
	uint32_t locks[200];
	locks_make(locks, 200);
	for (size_t t = 0; t < 10; t++) {
		uint32_t node = NO_INDEX;
		for (size_t i = 0; i < 200; i++)
			node = synthetic_take(made, threads[t], node, locks[i]);
	}
	synthetic_nest(made, threads[10], locks[199], locks[0], NO_INDEX);
	ck_assert(visit_all(PLENTY));
	ck_assert_uint_eq(lengths[2], 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("cycles");
	TCase *cases = tcase_create("cycles");
	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, rings_are_found_once);
	tcase_add_test(cases, all_cycles_of_a_mesh_are_found);
	tcase_add_test(cases, cycles_longer_than_the_threads_are_not_listed);
	tcase_add_test(cases, every_edge_gets_a_cycle);
	tcase_add_test(cases, chord_makes_a_second_cycle);
	tcase_add_test(cases, components_are_searched_each);
	tcase_add_test(cases, component_without_budget_is_still_looked_at);
	tcase_add_test(cases, ring_beyond_the_bound_is_said_to_be_cut);
	tcase_add_test(cases, big_mesh_is_cut_and_says_so);
	tcase_add_test(cases, nested_locks_make_no_extra_cycles);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
