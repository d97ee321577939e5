/* Unit tests: strongly connected components and the acquisition graph. */
#include "graph.h"
#include "scc.h"
#include "suite.h"
#include "synthetic.h"
#include "xalloc.h"
#include <stdlib.h>

START_TEST(scc_of_two_rings_and_a_tail)
{
	/* 0 <-> 1 -> 2 -> 3 -> 4 -> 2; 5 alone, with an arc to itself. */
	static const size_t first[] = {0, 1, 3, 4, 5, 6, 7};
	static const uint32_t to[] = {1, 0, 2, 3, 4, 2, 5};
	uint32_t component[6];
	ck_assert_uint_eq(scc_find(&(struct digraph){6, first, to}, component), 3);
	ck_assert_uint_eq(component[0], component[1]);
	ck_assert_uint_eq(component[2], component[3]);
	ck_assert_uint_eq(component[2], component[4]);
	ck_assert_uint_ne(component[0], component[2]);
	ck_assert_uint_ne(component[5], component[0]);
	ck_assert_uint_ne(component[5], component[2]);
}
END_TEST

START_TEST(scc_survives_a_long_ring)
{
	const uint32_t count = 1000000;
	size_t *first = xcalloc(count + 1, sizeof(*first));
	uint32_t *to = xcalloc(count, sizeof(*to));
	uint32_t *component = xcalloc(count, sizeof(*component));
	for (uint32_t i = 0; i < count; i++) {
		first[i + 1] = i + 1;
		to[i] = (i + 1) % count;
	}
	ck_assert_uint_eq(scc_find(&(struct digraph){count, first, to}, component), 1);
	free(first);
	free(to);
	free(component);
}
END_TEST

static struct synthetic *made;
static struct graph *graph;
static uint32_t worker, a, b, c;

static void setup(void)
{
	made = synthetic_new();
	worker = synthetic_thread(made, made->main, "worker");
	a = synthetic_lock(made, "a");
	b = synthetic_lock(made, "b");
	c = synthetic_lock(made, "c");
	graph = NULL;
}

static void teardown(void)
{
	graph_free(graph);
	synthetic_free(made);
}

START_TEST(one_order_has_no_component)
{
	synthetic_nest(made, made->main, a, b, c, NO_INDEX);
	synthetic_nest(made, worker, a, c, NO_INDEX);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 0);
	ck_assert_uint_eq(graph->component_of[a], NO_INDEX);
}
END_TEST

static void make_semaphore(uint32_t lock, uint32_t flags)
{
	made->model.locks[lock].kind = TRACE_LOCK_semaphore;
	made->model.locks[lock].flags = flags;
}

START_TEST(semaphores_that_order_are_not_there)
{
	uint32_t inside = synthetic_nest(made, made->main, a, c, b, NO_INDEX);
	synthetic_nest(made, worker, c, b, a, NO_INDEX);
	make_semaphore(c, TRACE_LOCK_INIT_SEEN | TRACE_LOCK_ORDERING);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 1);
	ck_assert_uint_eq(graph->component_of[c], NO_INDEX);
	ck_assert_ptr_null(graph_edge_find(graph, c, a));
	const struct graph_edge *edge = graph_edge_find(graph, a, b);
	ck_assert_ptr_nonnull(edge);
	ck_assert_uint_eq(graph->edge_nodes[edge->first], inside);
	ck_assert_uint_eq(graph_held(graph, inside)->count, 1);
}
END_TEST

START_TEST(semaphores_of_unknown_use_are_locks_when_given_back)
{
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	synthetic_nest(made, worker, b, a, NO_INDEX);
	make_semaphore(a, TRACE_LOCK_INIT_SEEN | TRACE_LOCK_SHARED);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 0);
	graph_free(graph);
	made->model.locks[a].hold_samples = 1;
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 1);
}
END_TEST

START_TEST(reversed_order_is_a_component)
{
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	uint32_t node = synthetic_nest(made, worker, c, b, a, NO_INDEX);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 1);
	ck_assert_uint_eq(graph->components[0].count, 2);
	ck_assert_uint_eq(graph->component_locks[graph->components[0].first], a);
	ck_assert_uint_eq(graph->component_of[c], NO_INDEX);
	ck_assert_ptr_nonnull(graph_edge_find(graph, a, b));
	ck_assert_ptr_nonnull(graph_edge_find(graph, b, a));
	ck_assert_uint_eq(graph_held(graph, node)->count, 2);
	ck_assert_uint_eq(graph->edge_nodes[graph_edge_find(graph, b, a)->first], node);
}
END_TEST

START_TEST(edge_skips_over_what_is_between)
{
	/* b -> a lies two levels apart; the cheap pass must not lose it. */
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	synthetic_nest(made, worker, b, c, a, NO_INDEX);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 1);
	ck_assert_uint_eq(graph->components[0].count, 3);
	ck_assert_ptr_nonnull(graph_edge_find(graph, b, a));
}
END_TEST

START_TEST(uncounted_node_is_only_a_parent)
{
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	uint32_t held = synthetic_take(made, worker, NO_INDEX, b);
	uint32_t never = synthetic_node(made, worker, held, a, TRACE_OP_mutex_lock, "f", 0);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 0);
	graph_free(graph);
	/* What is taken inside it was taken with both held. */
	synthetic_take(made, worker, never, c);
	synthetic_nest(made, made->main, c, a, NO_INDEX);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 1);
	ck_assert_ptr_nonnull(graph_edge_find(graph, a, c));
	ck_assert_ptr_null(graph_edge_find(graph, b, a));
}
END_TEST

START_TEST(lock_on_its_own_path_makes_no_edge)
{
	synthetic_nest(made, worker, a, b, a, NO_INDEX);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->component_count, 0);
}
END_TEST

START_TEST(circular_path_is_left_out)
{
	uint32_t node = synthetic_nest(made, worker, a, b, NO_INDEX);
	made->model.nodes[made->model.nodes[node].parent].parent = node;
	synthetic_take(made, worker, node, c);
	synthetic_nest(made, made->main, b, a, NO_INDEX);
	graph = graph_new(&made->model);
	ck_assert_uint_eq(graph->broken, 3);
	ck_assert_uint_eq(graph->component_count, 0);
}
END_TEST

START_TEST(sets_know_their_gate)
{
	uint32_t x = synthetic_nest(made, made->main, c, a, b, NO_INDEX);
	uint32_t y = synthetic_nest(made, worker, c, b, a, NO_INDEX);
	graph = graph_new(&made->model);
	const struct held_set *ca = graph_held(graph, x), *cb = graph_held(graph, y);
	ck_assert(!held_sets_equal(graph, ca, cb));
	ck_assert_uint_eq(held_sets_gate(graph, ca, cb), c);
	uint32_t index = held_set_index(graph, ca, c);
	graph->entries[ca->first + index] = held_entry(c, true);
	ck_assert_uint_eq(held_sets_gate(graph, ca, cb), c);
	graph->entries[cb->first + held_set_index(graph, cb, c)] = held_entry(c, true);
	ck_assert_uint_eq(held_sets_gate(graph, ca, cb), NO_INDEX);
	graph->entries[ca->first + index] = held_entry(c, false);
	made->model.locks[c].kind = TRACE_LOCK_file;
	ck_assert_uint_eq(held_sets_gate(graph, ca, cb), NO_INDEX);
}
END_TEST

START_TEST(deep_path_is_bounded)
{
	/* 20 000 locks nested and once reversed: 200 million pairs if nothing stopped it. */
	uint32_t node = NO_INDEX, first = made->model.lock_count;
	for (uint32_t i = 0; i < 20000; i++)
		node = synthetic_take(made, worker, node, synthetic_lock(made, "deep"));
	synthetic_nest(made, made->main, made->model.lock_count - 1, first, NO_INDEX);
	graph = graph_new(&made->model);
	ck_assert_uint_gt(graph->cut, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("graph");
	TCase *scc = tcase_create("scc"), *graphs = tcase_create("graph");
	tcase_add_test(scc, scc_of_two_rings_and_a_tail);
	tcase_add_test(scc, scc_survives_a_long_ring);
	suite_add_tcase(suite, scc);
	tcase_set_timeout(graphs, 60);
	tcase_add_checked_fixture(graphs, setup, teardown);
	tcase_add_test(graphs, one_order_has_no_component);
	tcase_add_test(graphs, reversed_order_is_a_component);
	tcase_add_test(graphs, semaphores_that_order_are_not_there);
	tcase_add_test(graphs, semaphores_of_unknown_use_are_locks_when_given_back);
	tcase_add_test(graphs, edge_skips_over_what_is_between);
	tcase_add_test(graphs, uncounted_node_is_only_a_parent);
	tcase_add_test(graphs, lock_on_its_own_path_makes_no_edge);
	tcase_add_test(graphs, circular_path_is_left_out);
	tcase_add_test(graphs, sets_know_their_gate);
	tcase_add_test(graphs, deep_path_is_bounded);
	suite_add_tcase(suite, graphs);
	return suite_run(suite);
}
