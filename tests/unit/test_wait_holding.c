/* Unit tests: condition waits that keep a lock which those who signal need. */
#include "suite.h"
#include "synthetic.h"
#include "xalloc.h"
#include <stdlib.h>

static struct synthetic *made;
static struct findings found;
static uint32_t outer, mutex, ready, waiter, signaller, third;

static void setup(void)
{
	made = synthetic_new();
	waiter = synthetic_thread(made, made->main, "waiter");
	signaller = synthetic_thread(made, made->main, "signaller");
	third = synthetic_thread(made, made->main, "third");
	outer = synthetic_lock(made, "outer");
	mutex = synthetic_lock(made, "mutex");
	ready = synthetic_lock(made, "ready");
	made->model.locks[ready].kind = TRACE_LOCK_condition;
	found = (struct findings){0};
}

static void teardown(void)
{
	findings_free(&found);
	free(made->model.waits);
	synthetic_free(made);
}

static const struct finding *only(void)
{
	findings_free(&found);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_str_eq(found.items[0].rule->name, "wait-holding");
	return &found.items[0];
}

static void expect_none(void)
{
	findings_free(&found);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 0);
}

/* The waiter waits with outer held, taken by that operation. */
static uint32_t wait_under(uint16_t outer_op, uint16_t op)
{
	uint32_t hold = synthetic_node(made, waiter, NO_INDEX, outer, outer_op, "consume", 1);

	return synthetic_node(made, waiter, hold, ready, op, "consume", 1);
}

static uint32_t signal_in(uint32_t thread, uint32_t parent)
{
	return synthetic_node(made, thread, parent, ready, TRACE_OP_cond_signal, "produce", 1);
}

static uint32_t nest(uint32_t thread)
{
	return synthetic_nest(made, thread, outer, mutex, NO_INDEX);
}

START_TEST(it_is_told_whole)
{
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);
	signal_in(signaller, nest(signaller));
	const struct finding *finding = only();
	ck_assert_int_eq(finding->verdict, VERDICT_POTENTIAL);
	ck_assert_int_eq(finding->severity, SEVERITY_ERROR);
	ck_assert_uint_eq(finding->lock_count, 2);
	ck_assert_uint_eq(finding->locks[0], outer);
	ck_assert_uint_eq(finding->locks[1], ready);
	ck_assert_uint_eq(finding->steps[0].thread, waiter);
	ck_assert_uint_eq(finding->steps[1].thread, signaller);
	ck_assert_uint_eq(finding->steps[1].hold_count, 2);
	ck_assert_str_eq(finding->message,
			 "waiter waits for ready while holding outer, which signaller needs in "
			 "order to signal it: the signal never comes.");
}
END_TEST

START_TEST(one_who_can_signal_is_enough)
{
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);
	signal_in(signaller, nest(signaller));
	signal_in(third, synthetic_take(made, third, NO_INDEX, mutex));
	expect_none();
}
END_TEST

START_TEST(all_are_told_who_cannot)
{
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);
	signal_in(signaller, nest(signaller));
	signal_in(third, nest(third));
	ck_assert_str_eq(only()->message,
			 "waiter waits for ready while holding outer, which signaller and others "
			 "need in order to signal it: the signal never comes.");
}
END_TEST

START_TEST(without_signals_it_is_something_else)
{
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);
	expect_none();
}
END_TEST

START_TEST(own_signals_do_not_count)
{
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);
	signal_in(waiter, NO_INDEX);
	signal_in(signaller, nest(signaller));
	only();
}
END_TEST

START_TEST(readers_let_readers_in)
{
	wait_under(TRACE_OP_rwlock_rdlock, TRACE_OP_cond);
	uint32_t hold = synthetic_node(made, signaller, NO_INDEX, outer, TRACE_OP_rwlock_rdlock,
				       "produce", 1);
	signal_in(signaller, hold);
	expect_none();
}
END_TEST

START_TEST(a_time_limit_discharges)
{
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond_timed);
	signal_in(signaller, nest(signaller));
	const struct finding *finding = only();
	ck_assert_int_eq(finding->reason, REASON_TIMED);
	ck_assert_str_eq(finding->message,
			 "waiter waits for ready while holding outer, which signaller needs in "
			 "order to signal it, but waiter gives up after a time.");
}
END_TEST

START_TEST(what_came_back_was_woken)
{
	uint32_t wait = wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);

	made->model.waits = xcalloc(1, sizeof(*made->model.waits));
	made->model.waits[0] = (struct wait){.node = wait, .stack = NO_INDEX, .count = 1};
	made->model.wait_count = 1;
	made->model.nodes[wait].count = 2;
	made->model.nodes[wait].wait = 0;
	signal_in(signaller, nest(signaller));
	expect_none();
}
END_TEST

START_TEST(signals_that_came_before_wake_nobody)
{
	uint32_t late = synthetic_thread(made, made->main, "early");

	signal_in(late, nest(late));
	synthetic_join(made, made->main, late);
	waiter = synthetic_thread(made, made->main, "late");
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);
	expect_none();
}
END_TEST

START_TEST(what_was_taken_on_the_way_counts)
{
	wait_under(TRACE_OP_mutex_lock, TRACE_OP_cond);
	nest(signaller);
	uint32_t kept = synthetic_take(made, signaller, NO_INDEX, mutex);
	made->model.nodes[kept].count = 0;
	signal_in(signaller, kept);
	only();
	made->model.nodes[kept].count = 1;
	expect_none();
}
END_TEST

START_TEST(signals_are_no_acquisitions)
{
	uint32_t x = synthetic_nest(made, signaller, outer, NO_INDEX);
	signal_in(signaller, x);
	uint32_t y = synthetic_node(made, third, NO_INDEX, ready, TRACE_OP_cond, "f", 1);
	synthetic_take(made, third, y, outer);
	expect_none();
}
END_TEST

/* A server with a thread for each request leaves so many; each look at one is short. */
START_TEST(thousands_of_waits_are_no_search_cut_short)
{
	signal_in(signaller, NO_INDEX);
	for (unsigned i = 0; i < 8000; i++) {
		uint32_t object = synthetic_lock(made, "object");
		uint32_t hold = synthetic_take(made, third, NO_INDEX, object);

		synthetic_node(made, third, hold, ready, TRACE_OP_cond_timed, "consume", 1);
	}
	expect_none();
	ck_assert_uint_eq(found.truncated.cycles, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("wait-holding");
	TCase *test = tcase_create("wait-holding");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, it_is_told_whole);
	tcase_add_test(test, one_who_can_signal_is_enough);
	tcase_add_test(test, all_are_told_who_cannot);
	tcase_add_test(test, without_signals_it_is_something_else);
	tcase_add_test(test, own_signals_do_not_count);
	tcase_add_test(test, readers_let_readers_in);
	tcase_add_test(test, a_time_limit_discharges);
	tcase_add_test(test, what_came_back_was_woken);
	tcase_add_test(test, signals_that_came_before_wake_nobody);
	tcase_add_test(test, what_was_taken_on_the_way_counts);
	tcase_add_test(test, signals_are_no_acquisitions);
	tcase_add_test(test, thousands_of_waits_are_no_search_cut_short);
	suite_add_tcase(suite, test);
	return suite_run(suite);
}
