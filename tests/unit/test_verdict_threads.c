/* Unit tests: cycles of threads that are ordered by creating and joining one another. */
#include "judging.h"
#include "suite.h"

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

/* The creator holds that path as long as the thread lives. */
static void guard(uint32_t thread, uint32_t node)
{
	made->model.threads[thread].guard = node + 1;
}

static uint32_t gate_of(uint32_t thread)
{
	return synthetic_node(made, thread, NO_INDEX, gate, TRACE_OP_mutex_lock, "f", 1);
}

START_TEST(what_the_creator_holds_guards)
{
	synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	uint32_t helper = synthetic_thread(made, made->main, "helper");
	synthetic_nest(made, helper, b, a, NO_INDEX);
	synthetic_join(made, made->main, helper);
	expect_ab(REASON_NONE);
	guard(helper, gate_of(made->main));
	expect_ab(REASON_GATE_LOCK);
	ck_assert_uint_eq(judge_ab().gate, gate);
	/* Who only reads keeps writers out. */
	made->model.nodes[made->model.threads[helper].guard - 1].op = TRACE_OP_rwlock_rdlock;
	expect_ab(REASON_GATE_LOCK);
}
END_TEST

START_TEST(threads_of_one_guard_meet)
{
	uint32_t first = synthetic_thread(made, made->main, "first");
	uint32_t second = synthetic_thread(made, made->main, "second");
	synthetic_nest(made, first, a, b, NO_INDEX);
	synthetic_nest(made, second, b, a, NO_INDEX);
	synthetic_join(made, made->main, first);
	synthetic_join(made, made->main, second);
	uint32_t held = gate_of(made->main);
	guard(first, held);
	guard(second, held);
	expect_ab(REASON_NONE);
}
END_TEST

START_TEST(guards_last_for_what_lives_inside)
{
	synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	uint32_t outer = synthetic_thread(made, made->main, "outer");
	uint32_t inner = synthetic_thread(made, outer, "inner");
	synthetic_nest(made, inner, b, a, NO_INDEX);
	guard(outer, gate_of(made->main));
	/* It may live on. */
	expect_ab(REASON_NONE);
	synthetic_join(made, outer, inner);
	synthetic_join(made, made->main, outer);
	expect_ab(REASON_GATE_LOCK);
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

int main(void)
{
	Suite *suite = suite_create("verdict_threads");
	TCase *cases = tcase_create("verdict_threads");
	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, judging_setup, judging_teardown);
	tcase_add_test(cases, joined_before_created_is_ordered);
	tcase_add_test(cases, what_the_creator_holds_guards);
	tcase_add_test(cases, threads_of_one_guard_meet);
	tcase_add_test(cases, guards_last_for_what_lives_inside);
	tcase_add_test(cases, created_before_joined_is_not);
	tcase_add_test(cases, creator_before_creating_is_ordered);
	tcase_add_test(cases, creator_meanwhile_is_not);
	tcase_add_test(cases, order_through_another_thread_counts);
	tcase_add_test(cases, foreign_thread_is_not_ordered);
	tcase_add_test(cases, threads_in_turn_are_ordered);
	tcase_add_test(cases, threads_that_start_the_next_are_ordered);
	tcase_add_test(cases, threads_that_go_on_meanwhile_are_not);
	tcase_add_test(cases, helpers_of_threads_in_turn_are_ordered);
	tcase_add_test(cases, one_more_meanwhile_is_found);
	tcase_add_test(cases, first_generation_ends_before_the_second);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
