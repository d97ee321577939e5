/* Owns the model that the tests of waits look at, and how it is looked at. */
#include "waiting.h"
#include <check.h>

struct synthetic *made;
struct wait_graph *graph;
struct hangs hangs;
uint32_t a, b, t1, t2;

void waiting_setup(void)
{
	made = synthetic_new();
	a = synthetic_lock(made, "a");
	b = synthetic_lock(made, "b");
	t1 = synthetic_thread(made, made->main, "one");
	t2 = synthetic_thread(made, made->main, "two");
	graph = NULL;
	hangs = (struct hangs){0};
}

void waiting_teardown(void)
{
	hangs_free(&hangs);
	wait_graph_free(graph);
	synthetic_free(made);
}

void look_with(const struct wait_facts *facts)
{
	graph = wait_graph_new(&made->model, facts);
	hangs_find(graph, &hangs);
}

void look(void)
{
	look_with(NULL);
}

struct lock *lock_at(uint32_t lock)
{
	return &made->model.locks[lock];
}

struct held *waits(uint32_t thread, uint32_t holds, uint16_t op, uint32_t wants)
{
	uint32_t node =
		holds == NO_INDEX ? NO_INDEX : synthetic_take(made, thread, NO_INDEX, holds);

	return synthetic_held(made, thread, node, op, wants);
}

void expect_cycle(uint32_t count, uint32_t stuck)
{
	ck_assert_uint_eq(graph->cycle_count, 1);
	ck_assert_uint_eq(graph->cycles[0].count, count);
	ck_assert_uint_eq(graph->cycles[0].stuck_count, stuck);
	ck_assert_uint_eq(hangs.count, 0);
}

void expect_none(void)
{
	ck_assert_uint_eq(graph->cycle_count, 0);
	ck_assert_uint_eq(hangs.count, 0);
}

void expect_hang(uint32_t count, uint32_t roots, bool whole)
{
	ck_assert_uint_eq(graph->cycle_count, 0);
	ck_assert_uint_eq(hangs.count, 1);
	ck_assert_uint_eq(hangs.items[0].count, count);
	ck_assert_uint_eq(hangs.items[0].root_count, roots);
	ck_assert_int_eq(hangs.items[0].whole, whole);
}

void wait_on(uint32_t thread, uint32_t condition, uint32_t mutex)
{
	lock_at(condition)->kind = TRACE_LOCK_condition;
	waits(thread, NO_INDEX, TRACE_OP_cond, condition)->want_mutex_lock = mutex;
}
