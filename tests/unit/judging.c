/* Owns the model that the tests of verdicts judge, and how it is judged. */
#include "judging.h"

#include <check.h>

struct synthetic *made;
uint32_t a, b, c, gate, t1, t2, t3;

void judging_setup(void)
{
	made = synthetic_new();
	a = synthetic_lock(made, "a");
	b = synthetic_lock(made, "b");
	c = synthetic_lock(made, "c");
	gate = synthetic_lock(made, "gate");
	t1 = synthetic_thread(made, made->main, "t1");
	t2 = synthetic_thread(made, made->main, "t2");
	t3 = synthetic_thread(made, made->main, "t3");
}

void judging_teardown(void)
{
	synthetic_free(made);
}

static const char *place(void *context, uint32_t stack)
{
	struct synthetic *synthetic = context;
	return synthetic->functions[stack];
}

struct outcome judge(const uint32_t *locks, size_t count)
{
	struct graph *graph = graph_new(&made->model);
	struct order *order = order_new(&made->model);
	struct places *places = places_new(made->model.stack_count, place, made);
	struct judge *judge = judge_new(graph, order, places);
	struct judgement judgement;
	uint64_t steps = 1u << 27, before = steps;
	judge_cycle(judge, locks, count, &steps, &judgement);
	struct outcome outcome = {
		judgement.verdict, judgement.reason, judgement.gate, judgement.redundant,
		judgement.cut,	   before - steps,   {{0}}};
	for (size_t i = 0; i < count; i++)
		outcome.steps[i] = judgement.steps[i];
	judge_free(judge);
	places_free(places);
	order_free(order);
	graph_free(graph);
	return outcome;
}

struct outcome judge_ab(void)
{
	return judge((uint32_t[]){a, b}, 2);
}

void expect_ab(enum reason reason)
{
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.reason, reason);
	ck_assert_int_eq(outcome.verdict,
			 reason == REASON_NONE ? VERDICT_POTENTIAL : VERDICT_DISCHARGED);
	ck_assert(!outcome.cut);
}

uint32_t take_ops(uint32_t thread, uint32_t held, uint16_t held_op, uint32_t wanted, uint16_t op)
{
	uint32_t node = synthetic_node(made, thread, NO_INDEX, held, held_op, "f", 1);
	return synthetic_node(made, thread, node, wanted, op, "f", 1);
}

uint32_t take_op(uint32_t thread, uint32_t held, uint32_t wanted, uint16_t op)
{
	return take_ops(thread, held, TRACE_OP_mutex_lock, wanted, op);
}
