/* Unit tests: which cycles can deadlock, and why others cannot. */
#include "synthetic.h"
#include "verdict.h"
#include <check.h>
#include <stdlib.h>

static struct synthetic *made;
static uint32_t a, b, c, gate, t1, t2, t3;

static void setup(void)
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

static void teardown(void)
{
	synthetic_free(made);
}

static const char *place(void *context, uint32_t stack)
{
	struct synthetic *synthetic = context;
	return synthetic->functions[stack];
}

struct outcome {
	enum verdict verdict;
	enum reason reason;
	uint32_t gate;
	bool redundant, cut;
	uint64_t steps_used;
	struct judged_step steps[8];
};

static struct outcome judge(const uint32_t *locks, size_t count)
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

static struct outcome judge_ab(void)
{
	return judge((uint32_t[]){a, b}, 2);
}

static void expect_ab(enum reason reason)
{
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.reason, reason);
	ck_assert_int_eq(outcome.verdict,
			 reason == REASON_NONE ? VERDICT_POTENTIAL : VERDICT_DISCHARGED);
	ck_assert(!outcome.cut);
}

/* thread takes `wanted` by op while it holds `held`, taken by held_op. */
static uint32_t take_ops(uint32_t thread, uint32_t held, uint16_t held_op, uint32_t wanted,
			 uint16_t op)
{
	uint32_t node = synthetic_node(made, thread, NO_INDEX, held, held_op, "f", 1);
	return synthetic_node(made, thread, node, wanted, op, "f", 1);
}

static uint32_t take_op(uint32_t thread, uint32_t held, uint32_t wanted, uint16_t op)
{
	return take_ops(thread, held, TRACE_OP_mutex_lock, wanted, op);
}

START_TEST(abba_is_potential)
{
	uint32_t x = synthetic_nest(made, t1, a, b, NO_INDEX);
	uint32_t y = synthetic_nest(made, t2, b, a, NO_INDEX);
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.verdict, VERDICT_POTENTIAL);
	ck_assert_int_eq(outcome.reason, REASON_NONE);
	ck_assert_uint_eq(outcome.steps[0].node, x);
	ck_assert_uint_eq(outcome.steps[0].holder, made->model.nodes[x].parent);
	ck_assert_uint_eq(outcome.steps[1].node, y);
}
END_TEST

START_TEST(one_thread_cannot)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, t1, b, a, NO_INDEX);
	expect_ab(REASON_SINGLE_THREAD);
	synthetic_nest(made, t2, a, b, NO_INDEX);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(gate_lets_one_in)
{
	synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	synthetic_nest(made, t2, gate, b, a, NO_INDEX);
	expect_ab(REASON_GATE_LOCK);
	ck_assert_uint_eq(judge_ab().gate, gate);
	/* Once without it, and it guards nothing. */
	synthetic_nest(made, t3, b, a, NO_INDEX);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(gate_taken_between_is_a_gate)
{
	synthetic_nest(made, t1, a, gate, b, NO_INDEX);
	synthetic_nest(made, t2, b, gate, a, NO_INDEX);
	expect_ab(REASON_GATE_LOCK);
}
END_TEST

START_TEST(different_gates_are_none)
{
	synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	synthetic_nest(made, t2, c, b, a, NO_INDEX);
	expect_ab(REASON_NONE);
}
END_TEST

static void take_gated(uint32_t thread, uint16_t op, uint32_t first, uint32_t second)
{
	uint32_t node = synthetic_node(made, thread, NO_INDEX, gate, op, "f", 1);
	node = synthetic_take(made, thread, node, first);
	synthetic_take(made, thread, node, second);
}

START_TEST(shared_gate_is_none)
{
	take_gated(t1, TRACE_OP_rwlock_rdlock, a, b);
	take_gated(t2, TRACE_OP_rwlock_rdlock, b, a);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(half_shared_gate_is_one)
{
	take_gated(t1, TRACE_OP_rwlock_rdlock, a, b);
	take_gated(t2, TRACE_OP_mutex_lock, b, a);
	expect_ab(REASON_GATE_LOCK);
}
END_TEST

START_TEST(tried_gate_is_one)
{
	take_gated(t1, TRACE_OP_mutex_trylock, a, b);
	take_gated(t2, TRACE_OP_mutex_trylock, b, a);
	expect_ab(REASON_GATE_LOCK);
}
END_TEST

START_TEST(joined_before_created_is_ordered)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_join(made, made->main, t1);
	uint32_t later = synthetic_thread(made, made->main, "later");
	synthetic_nest(made, later, b, a, NO_INDEX);
	expect_ab(REASON_THREAD_ORDER);
}
END_TEST

START_TEST(created_before_joined_is_not)
{
	uint32_t later = synthetic_thread(made, made->main, "later");
	synthetic_join(made, made->main, t1);
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, later, b, a, NO_INDEX);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(creator_before_creating_is_ordered)
{
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	uint32_t later = synthetic_thread(made, made->main, "later");
	synthetic_nest(made, later, b, a, NO_INDEX);
	expect_ab(REASON_THREAD_ORDER);
	synthetic_join(made, made->main, later);
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	expect_ab(REASON_THREAD_ORDER);
}
END_TEST

START_TEST(creator_meanwhile_is_not)
{
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	uint32_t later = synthetic_thread(made, made->main, "later");
	uint32_t meanwhile = synthetic_nest(made, made->main, a, b, NO_INDEX);
	synthetic_nest(made, later, b, a, NO_INDEX);
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.verdict, VERDICT_POTENTIAL);
	/* The one before the create is not what can deadlock. */
	ck_assert_uint_eq(outcome.steps[0].node, meanwhile);
}
END_TEST

START_TEST(order_through_another_thread_counts)
{
	/* t1 creates and joins a helper; main does not see it. */
	synthetic_nest(made, t1, a, b, NO_INDEX);
	uint32_t helper = synthetic_thread(made, t1, "helper");
	synthetic_nest(made, helper, b, a, NO_INDEX);
	expect_ab(REASON_THREAD_ORDER);
	synthetic_nest(made, t1, a, b, NO_INDEX);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(foreign_thread_is_not_ordered)
{
	made->epoch[made->main] = 0;
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	uint32_t foreign = synthetic_thread(made, made->main, "foreign");
	made->model.threads[foreign].state |= TRACE_THREAD_FOREIGN;
	made->model.threads[foreign].creator = NO_INDEX;
	synthetic_nest(made, foreign, b, a, NO_INDEX);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(try_does_not_wait)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	take_op(t2, b, a, TRACE_OP_mutex_trylock);
	expect_ab(REASON_TRY_LOCK);
	take_op(t2, b, a, TRACE_OP_mutex_lock);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(tried_lock_is_held)
{
	take_ops(t1, a, TRACE_OP_mutex_trylock, b, TRACE_OP_mutex_lock);
	take_ops(t2, b, TRACE_OP_mutex_trylock, a, TRACE_OP_mutex_lock);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(timed_gives_up)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	take_op(t2, b, a, TRACE_OP_mutex_clocklock);
	expect_ab(REASON_TIMED);
}
END_TEST

START_TEST(reacquisition_waits)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	take_op(t2, b, a, TRACE_OP_cond_timedwait);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(readers_share)
{
	take_ops(t1, a, TRACE_OP_rwlock_rdlock, b, TRACE_OP_rwlock_rdlock);
	take_ops(t2, b, TRACE_OP_rwlock_rdlock, a, TRACE_OP_rwlock_rdlock);
	expect_ab(REASON_READ_SHARED);
}
END_TEST

START_TEST(reader_waits_for_writer)
{
	/* Each wants to read what the other one writes. */
	take_op(t1, a, b, TRACE_OP_rwlock_rdlock);
	take_op(t2, b, a, TRACE_OP_rwlock_rdlock);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(writer_waits_for_reader)
{
	take_ops(t1, a, TRACE_OP_rwlock_rdlock, b, TRACE_OP_mutex_lock);
	take_ops(t2, b, TRACE_OP_rwlock_rdlock, a, TRACE_OP_mutex_lock);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(one_link_that_shares_is_enough)
{
	/* t1 reads b, which t2 holds as a reader. */
	take_ops(t1, a, TRACE_OP_mutex_lock, b, TRACE_OP_rwlock_rdlock);
	take_ops(t2, b, TRACE_OP_rwlock_rdlock, a, TRACE_OP_mutex_lock);
	expect_ab(REASON_READ_SHARED);
}
END_TEST

static void read_both_ways(void)
{
	made->model.locks[a].flags |= TRACE_LOCK_WRITER_FIRST;
	made->model.locks[b].flags |= TRACE_LOCK_WRITER_FIRST;
	take_ops(t1, a, TRACE_OP_rwlock_rdlock, b, TRACE_OP_rwlock_rdlock);
	take_ops(t2, b, TRACE_OP_rwlock_rdlock, a, TRACE_OP_rwlock_rdlock);
}

START_TEST(readers_wait_behind_writers)
{
	read_both_ways();
	uint32_t t4 = synthetic_thread(made, made->main, "t4");
	expect_ab(REASON_READ_SHARED);
	uint32_t x = synthetic_node(made, t3, NO_INDEX, b, TRACE_OP_rwlock_wrlock, "f", 1);
	expect_ab(REASON_READ_SHARED);
	uint32_t y = synthetic_node(made, t4, NO_INDEX, a, TRACE_OP_rwlock_wrlock, "f", 1);
	expect_ab(REASON_NONE);
	struct outcome outcome = judge_ab();
	ck_assert_uint_eq(outcome.steps[0].writer, x);
	ck_assert_uint_eq(outcome.steps[1].writer, y);
	/* With the default kind at one of them, its readers do not wait. */
	made->model.locks[a].flags = 0;
	expect_ab(REASON_READ_SHARED);
}
END_TEST

START_TEST(a_writer_waits_at_one_lock)
{
	read_both_ways();
	synthetic_node(made, t3, NO_INDEX, a, TRACE_OP_rwlock_wrlock, "f", 1);
	synthetic_node(made, t3, NO_INDEX, b, TRACE_OP_rwlock_wrlock, "f", 1);
	expect_ab(REASON_READ_SHARED);
	/* The readers themselves cannot wait there meanwhile. */
	synthetic_node(made, t1, NO_INDEX, a, TRACE_OP_rwlock_wrlock, "f", 1);
	synthetic_node(made, t2, NO_INDEX, b, TRACE_OP_rwlock_wrlock, "f", 1);
	expect_ab(REASON_READ_SHARED);
}
END_TEST

START_TEST(writers_that_give_up)
{
	read_both_ways();
	uint32_t t4 = synthetic_thread(made, made->main, "t4");
	synthetic_node(made, t3, NO_INDEX, a, TRACE_OP_rwlock_timedwrlock, "f", 1);
	synthetic_node(made, t4, NO_INDEX, b, TRACE_OP_rwlock_trywrlock, "f", 1);
	expect_ab(REASON_READ_SHARED);
	synthetic_node(made, t4, NO_INDEX, b, TRACE_OP_rwlock_wrlock, "f", 1);
	expect_ab(REASON_TIMED);
}
END_TEST

START_TEST(reasons_that_differ_by_combination)
{
	/* t1 and t2 are gated, t1 and t3 try: no pair is left, though neither reason covers all. */
	synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	synthetic_nest(made, t2, gate, b, a, NO_INDEX);
	take_op(t3, b, a, TRACE_OP_mutex_trylock);
	expect_ab(REASON_TRY_LOCK);
	struct outcome outcome = judge_ab();
	ck_assert_uint_eq(made->model.nodes[outcome.steps[1].node].thread, t3);
}
END_TEST

START_TEST(three_threads_in_a_ring)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, t2, b, c, NO_INDEX);
	synthetic_nest(made, t3, c, a, NO_INDEX);
	ck_assert_int_eq(judge((uint32_t[]){a, b, c}, 3).verdict, VERDICT_POTENTIAL);
}
END_TEST

START_TEST(two_threads_cannot_make_a_ring_of_three)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, t1, b, c, NO_INDEX);
	synthetic_nest(made, t2, c, a, NO_INDEX);
	struct outcome outcome = judge((uint32_t[]){a, b, c}, 3);
	ck_assert_int_eq(outcome.verdict, VERDICT_DISCHARGED);
	ck_assert_int_eq(outcome.reason, REASON_SINGLE_THREAD);
}
END_TEST

START_TEST(a_gate_for_two_of_three_is_enough)
{
	synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	synthetic_nest(made, t2, gate, b, c, NO_INDEX);
	synthetic_nest(made, t3, c, a, NO_INDEX);
	struct outcome outcome = judge((uint32_t[]){a, b, c}, 3);
	ck_assert_int_eq(outcome.reason, REASON_GATE_LOCK);
	ck_assert_uint_eq(outcome.gate, gate);
}
END_TEST

START_TEST(cycle_with_a_shorter_one_inside_is_redundant)
{
	/* t1 holds c already when it wants b: only b and c matter. */
	synthetic_nest(made, t1, c, a, b, NO_INDEX);
	synthetic_nest(made, t2, b, c, NO_INDEX);
	synthetic_nest(made, t3, c, a, NO_INDEX);
	ck_assert(judge((uint32_t[]){a, b, c}, 3).redundant);
	ck_assert_int_eq(judge((uint32_t[]){b, c}, 2).verdict, VERDICT_POTENTIAL);
	ck_assert(!judge((uint32_t[]){b, c}, 2).redundant);
	/* Once without it, and it stands for itself. */
	synthetic_nest(made, t1, a, b, NO_INDEX);
	ck_assert(!judge((uint32_t[]){a, b, c}, 3).redundant);
	ck_assert_int_eq(judge((uint32_t[]){a, b, c}, 3).verdict, VERDICT_POTENTIAL);
}
END_TEST

/* Main makes `count` threads one after the other; each takes both orders and is joined. */
static void take_turns(size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t thread = synthetic_thread(made, made->main, "turn");
		synthetic_nest(made, thread, a, b, NO_INDEX);
		synthetic_nest(made, thread, b, a, NO_INDEX);
		synthetic_join(made, made->main, thread);
	}
}

START_TEST(threads_in_turn_are_ordered)
{
	take_turns(500);
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.reason, REASON_THREAD_ORDER);
	/* Not all 250 000 pairs were looked at. */
	ck_assert_uint_lt(outcome.steps_used, 50000);
}
END_TEST

/* Nobody joins; each thread is done with both orders before it creates the next one. Returns the
 * last. */
static uint32_t start_the_next(size_t count)
{
	uint32_t thread = t1;
	for (size_t i = 0; i < count; i++) {
		synthetic_nest(made, thread, a, b, NO_INDEX);
		synthetic_nest(made, thread, b, a, NO_INDEX);
		thread = synthetic_thread(made, thread, "next");
	}
	return thread;
}

START_TEST(threads_that_start_the_next_are_ordered)
{
	start_the_next(2000);
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.reason, REASON_THREAD_ORDER);
	ck_assert(!outcome.cut);
}
END_TEST

START_TEST(threads_that_go_on_meanwhile_are_not)
{
	uint32_t last = start_the_next(100);
	synthetic_nest(made, made->model.threads[last].creator, a, b, NO_INDEX);
	expect_ab(REASON_THREAD_ORDER);
	synthetic_nest(made, last, b, a, NO_INDEX);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(helpers_of_threads_in_turn_are_ordered)
{
	/* Main makes handlers in turn; each makes one helper after the other, and none itself. */
	for (size_t i = 0; i < 500; i++) {
		uint32_t handler = synthetic_thread(made, made->main, "handler");
		for (size_t j = 0; j < 2; j++) {
			uint32_t helper = synthetic_thread(made, handler, "helper");
			synthetic_nest(made, helper, a, b, NO_INDEX);
			synthetic_nest(made, helper, b, a, NO_INDEX);
			synthetic_join(made, handler, helper);
		}
		synthetic_join(made, made->main, handler);
	}
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.reason, REASON_THREAD_ORDER);
	ck_assert(!outcome.cut);
	ck_assert_uint_lt(outcome.steps_used, 500000);
}
END_TEST

START_TEST(one_more_meanwhile_is_found)
{
	uint32_t meanwhile = synthetic_thread(made, made->main, "meanwhile");
	take_turns(500);
	synthetic_nest(made, meanwhile, b, a, NO_INDEX);
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.verdict, VERDICT_POTENTIAL);
	ck_assert_uint_eq(made->model.nodes[outcome.steps[1].node].thread, meanwhile);
}
END_TEST

START_TEST(first_generation_ends_before_the_second)
{
	uint32_t first[300];
	for (size_t i = 0; i < 300; i++) {
		first[i] = synthetic_thread(made, made->main, "first");
		synthetic_nest(made, first[i], a, b, NO_INDEX);
	}
	for (size_t i = 0; i < 300; i++)
		synthetic_join(made, made->main, first[i]);
	for (size_t i = 0; i < 300; i++)
		synthetic_nest(made, synthetic_thread(made, made->main, "second"), b, a, NO_INDEX);
	struct outcome outcome = judge_ab();
	ck_assert_int_eq(outcome.reason, REASON_THREAD_ORDER);
	ck_assert_uint_lt(outcome.steps_used, 50000);
}
END_TEST

/* Seven threads each take every link of a ring of eight, in many situations. */
static void ring_of_eight(uint32_t *locks)
{
	for (size_t i = 0; i < 8; i++)
		locks[i] = synthetic_lock(made, "ring");
	for (size_t t = 0; t < 7; t++) {
		uint32_t thread = synthetic_thread(made, made->main, "worker");
		for (size_t i = 0; i < 8 * 6; i++)
			synthetic_nest(made, thread, synthetic_lock(made, "other"), locks[i % 8],
				       locks[(i + 1) % 8], NO_INDEX);
	}
}

START_TEST(too_few_threads_are_counted)
{
	uint32_t locks[8];
	ring_of_eight(locks);
	struct outcome outcome = judge(locks, 8);
	ck_assert_int_eq(outcome.reason, REASON_SINGLE_THREAD);
	ck_assert(!outcome.cut);
}
END_TEST

START_TEST(what_is_too_much_is_not_called_safe)
{
	/* There are enough threads, but the eighth only tries: in truth it cannot deadlock. */
	uint32_t locks[8];
	ring_of_eight(locks);
	take_op(t1, locks[0], locks[1], TRACE_OP_mutex_trylock);
	struct outcome outcome = judge(locks, 8);
	ck_assert_int_eq(outcome.verdict, VERDICT_POTENTIAL);
	ck_assert(outcome.cut);
}
END_TEST

START_TEST(equal_nodes_are_counted_together)
{
	for (size_t i = 0; i < 3; i++) {
		uint32_t node = synthetic_take(made, t1, NO_INDEX, a);
		synthetic_node(made, t1, node, b, TRACE_OP_mutex_lock, "f", 10 + i);
	}
	synthetic_nest(made, t2, b, a, NO_INDEX);
	struct outcome outcome = judge_ab();
	ck_assert_uint_eq(outcome.steps[0].count, 33);
	ck_assert_uint_eq(made->model.nodes[outcome.steps[0].node].count, 12);
}
END_TEST

START_TEST(smallest_place_stands_for_an_edge)
{
	/* Whatever the counts: they differ from run to run, the fingerprint must not. */
	uint32_t node = synthetic_take(made, t1, NO_INDEX, a);
	synthetic_node(made, t1, node, b, TRACE_OP_mutex_lock, "second", 1000);
	uint32_t first = synthetic_node(made, t1, node, b, TRACE_OP_mutex_lock, "first", 1);
	synthetic_nest(made, t2, b, a, NO_INDEX);
	ck_assert_uint_eq(judge_ab().steps[0].node, first);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("verdict");
	TCase *cases = tcase_create("verdict");
	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, abba_is_potential);
	tcase_add_test(cases, one_thread_cannot);
	tcase_add_test(cases, gate_lets_one_in);
	tcase_add_test(cases, gate_taken_between_is_a_gate);
	tcase_add_test(cases, different_gates_are_none);
	tcase_add_test(cases, shared_gate_is_none);
	tcase_add_test(cases, half_shared_gate_is_one);
	tcase_add_test(cases, tried_gate_is_one);
	tcase_add_test(cases, joined_before_created_is_ordered);
	tcase_add_test(cases, created_before_joined_is_not);
	tcase_add_test(cases, creator_before_creating_is_ordered);
	tcase_add_test(cases, creator_meanwhile_is_not);
	tcase_add_test(cases, order_through_another_thread_counts);
	tcase_add_test(cases, foreign_thread_is_not_ordered);
	tcase_add_test(cases, try_does_not_wait);
	tcase_add_test(cases, tried_lock_is_held);
	tcase_add_test(cases, timed_gives_up);
	tcase_add_test(cases, reacquisition_waits);
	tcase_add_test(cases, readers_share);
	tcase_add_test(cases, reader_waits_for_writer);
	tcase_add_test(cases, writer_waits_for_reader);
	tcase_add_test(cases, one_link_that_shares_is_enough);
	tcase_add_test(cases, readers_wait_behind_writers);
	tcase_add_test(cases, a_writer_waits_at_one_lock);
	tcase_add_test(cases, writers_that_give_up);
	tcase_add_test(cases, reasons_that_differ_by_combination);
	tcase_add_test(cases, three_threads_in_a_ring);
	tcase_add_test(cases, two_threads_cannot_make_a_ring_of_three);
	tcase_add_test(cases, a_gate_for_two_of_three_is_enough);
	tcase_add_test(cases, cycle_with_a_shorter_one_inside_is_redundant);
	tcase_add_test(cases, threads_in_turn_are_ordered);
	tcase_add_test(cases, threads_that_start_the_next_are_ordered);
	tcase_add_test(cases, threads_that_go_on_meanwhile_are_not);
	tcase_add_test(cases, helpers_of_threads_in_turn_are_ordered);
	tcase_add_test(cases, one_more_meanwhile_is_found);
	tcase_add_test(cases, first_generation_ends_before_the_second);
	tcase_add_test(cases, too_few_threads_are_counted);
	tcase_add_test(cases, what_is_too_much_is_not_called_safe);
	tcase_add_test(cases, equal_nodes_are_counted_together);
	tcase_add_test(cases, smallest_place_stands_for_an_edge);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
