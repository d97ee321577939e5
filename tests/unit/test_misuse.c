/*
 * Unit tests: findings of the check of misuse, on traces made by hand. There are no modules in
 * them: names and places come out as addresses.
 */
#include <string.h>

#include "finding.h"
#include "suite.h"
#include "trace_builder.h"

static struct trace_builder *b;
static struct model model;
static struct analysis analysis;
static struct findings found;
static uint32_t boss, worker, lock, other, here, there;

static void setup(void)
{
	static const uint64_t pcs[] = {0x1000, 0x2000};

	b = builder_new();
	builder_process(b, "/bin/prog", "prog", NULL);
	boss = builder_main(b);
	worker = builder_thread(b, boss, 0);
	here = builder_stack(b, 1, pcs);
	there = builder_stack(b, 1, pcs + 1);
	lock = builder_lock(b, 0x7000, here);
	other = builder_lock(b, 0x8000, there);
	found = (struct findings){0};
}

static void teardown(void)
{
	findings_free(&found);
	order_free(analysis.order);
	names_free(analysis.names);
	symbols_free(analysis.symbols);
	model_free(&model);
	builder_free(b);
}

/* Reads what was built; the number of findings. */
static size_t analyse(void)
{
	struct reader_error error;

	model_init(&model);
	ck_assert_msg(builder_read(b, &model, &error), "%s", error.text);
	analysis.model = &model;
	analysis.symbols = symbols_new(&model);
	analysis.names = names_new(&model, analysis.symbols);
	analysis.order = order_new(&model);
	findings_run(&analysis, &found);
	return found.count;
}

/* A misuse of `lock` by main, here, with a cause by the worker, there. */
static struct trace_misuse *misuse(enum trace_misuse_rule rule, uint16_t act, uint16_t other_act)
{
	struct trace_misuse *record = builder_at(b, builder_misuse(b, rule, boss, lock));

	record->act = act;
	record->stack = here;
	record->other_thread = worker;
	record->other_stack = there;
	record->other_act = other_act;
	return record;
}

START_TEST(a_holder_is_a_second_step)
{
	misuse(TRACE_MISUSE_unlock_not_owner, TRACE_ACT_mutex_unlock, TRACE_OP_mutex_lock);
	ck_assert_uint_eq(analyse(), 1);
	const struct finding *finding = &found.items[0];

	ck_assert_str_eq(finding->rule->name, "unlock-not-owner");
	ck_assert_int_eq(finding->verdict, VERDICT_NONE);
	ck_assert_int_eq(finding->reason, REASON_NONE);
	ck_assert_int_eq(finding->severity, SEVERITY_ERROR);
	ck_assert_uint_eq(finding->lock_count, 1);
	ck_assert_uint_eq(finding->thread_count, 2);
	ck_assert_uint_eq(finding->step_count, 2);
	ck_assert_uint_eq(finding->steps[0].hold_count, 0);
	ck_assert_uint_eq(finding->steps[0].wants.op, TRACE_ACT_mutex_unlock);
	ck_assert_uint_eq(finding->steps[0].wants.stack, 0);
	ck_assert(finding_wants(&finding->steps[0]));
	ck_assert_uint_eq(finding->steps[1].hold_count, 1);
	ck_assert_uint_eq(finding->steps[1].holds[0].stack, 1);
	ck_assert(!finding_wants(&finding->steps[1]));
	ck_assert_ptr_nonnull(strstr(finding->message, "main unlocks "));
	ck_assert_ptr_nonnull(strstr(finding->message, ", which thread 2 has locked."));
}
END_TEST

START_TEST(a_cause_that_is_an_act_is_none_that_holds)
{
	misuse(TRACE_MISUSE_use_after_destroy, TRACE_OP_mutex_lock, TRACE_ACT_mutex_destroy);
	ck_assert_uint_eq(analyse(), 1);
	ck_assert_uint_eq(found.items[0].step_count, 2);
	ck_assert_uint_eq(found.items[0].steps[1].hold_count, 0);
	ck_assert_uint_eq(found.items[0].steps[1].wants.op, TRACE_ACT_mutex_destroy);
	ck_assert_ptr_nonnull(strstr(found.items[0].message, "main takes "));
	ck_assert_ptr_nonnull(strstr(found.items[0].message, " after thread 2 destroyed it."));
}
END_TEST

START_TEST(who_holds_it_itself_is_one_step)
{
	misuse(TRACE_MISUSE_relock, TRACE_OP_mutex_lock, TRACE_OP_mutex_lock)->other_thread = boss;
	ck_assert_uint_eq(analyse(), 1);
	ck_assert_uint_eq(found.items[0].step_count, 1);
	ck_assert_uint_eq(found.items[0].thread_count, 1);
	ck_assert_uint_eq(found.items[0].steps[0].hold_count, 1);
	ck_assert_uint_eq(found.items[0].steps[0].holds[0].stack, 1);
}
END_TEST

START_TEST(who_waits_does_not_hold)
{
	misuse(TRACE_MISUSE_destroy_waited, TRACE_ACT_mutex_destroy, TRACE_OP_mutex_lock);
	ck_assert_uint_eq(analyse(), 1);
	ck_assert_uint_eq(found.items[0].steps[1].hold_count, 0);
	ck_assert_uint_eq(found.items[0].steps[1].wants.op, TRACE_OP_mutex_lock);
}
END_TEST

START_TEST(an_unknown_cause_is_left_out)
{
	struct trace_misuse *record =
		misuse(TRACE_MISUSE_unlock_unlocked, TRACE_ACT_mutex_unlock, 0);

	record->other_thread = record->other_stack = 0;
	ck_assert_uint_eq(analyse(), 1);
	ck_assert_uint_eq(found.items[0].step_count, 1);
	ck_assert_ptr_nonnull(strstr(found.items[0].message, ", which is not locked."));
}
END_TEST

/* The same act with two locks of one class is one bug; at another place, or of another rule, it is
 * another. */
START_TEST(one_finding_for_each_place)
{
	((struct trace_lock *)builder_at(b, other))->created_stack = here;
	misuse(TRACE_MISUSE_unlock_unlocked, TRACE_ACT_mutex_unlock, 0)->count = 3;
	misuse(TRACE_MISUSE_unlock_unlocked, TRACE_ACT_mutex_unlock, 0)->lock = other;
	ck_assert_uint_eq(analyse(), 1);
	ck_assert_uint_eq(found.items[0].instances, 2);
	ck_assert_uint_eq(found.items[0].steps[0].count, 4);
}
END_TEST

START_TEST(another_rule_is_another_finding)
{
	misuse(TRACE_MISUSE_unlock_unlocked, TRACE_ACT_mutex_unlock, 0);
	misuse(TRACE_MISUSE_unlock_not_owner, TRACE_ACT_mutex_unlock, TRACE_OP_mutex_lock);
	ck_assert_uint_eq(analyse(), 2);
	ck_assert_str_ne(found.items[0].id, found.items[1].id);
}
END_TEST

/* Whether a lock that nobody holds is the same object can only be told from the program's file. */
START_TEST(another_object_may_have_taken_its_place)
{
	misuse(TRACE_MISUSE_double_init, TRACE_ACT_mutex_init, TRACE_ACT_mutex_init);
	ck_assert_uint_eq(analyse(), 0);
}
END_TEST

START_TEST(not_when_it_is_held)
{
	misuse(TRACE_MISUSE_double_init, TRACE_ACT_mutex_init, TRACE_OP_mutex_lock);
	ck_assert_uint_eq(analyse(), 1);
}
END_TEST

START_TEST(joins_are_about_no_lock)
{
	struct trace_misuse *record =
		misuse(TRACE_MISUSE_double_join, TRACE_OP_join, TRACE_OP_join);

	record->lock = 0;
	record->target = worker;
	record->other_thread = boss;
	ck_assert_uint_eq(analyse(), 1);
	ck_assert_uint_eq(found.items[0].lock_count, 0);
	ck_assert_uint_eq(found.items[0].step_count, 2);
	ck_assert(finding_wants(&found.items[0].steps[1]));
	ck_assert_str_eq(found.items[0].message,
			 "main joins thread 2, which it had joined before.");
}
END_TEST

START_TEST(the_holder_at_a_fork_is_in_the_parent)
{
	struct trace_builder *child = builder_new();
	struct trace_misuse *record;
	struct reader_error error;
	uint32_t survivor;

	builder_header(child)->pid = 101;
	builder_header(child)->parent_pid = builder_header(b)->pid;
	builder_process(child, "/bin/prog", "prog", NULL);
	survivor = builder_main(child);
	record = builder_at(child, builder_misuse(child, TRACE_MISUSE_fork_holding, survivor,
						  builder_lock(child, 0x7000, 0)));
	record->act = TRACE_OP_mutex_lock;
	record->value = ((struct trace_thread *)builder_at(b, worker))->tid;
	model_init(&model);
	ck_assert(builder_read(b, &model, &error) && builder_read(child, &model, &error));
	analysis.model = &model;
	analysis.symbols = symbols_new(&model);
	analysis.names = names_new(&model, analysis.symbols);
	analysis.order = order_new(&model);
	findings_run(&analysis, &found);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_uint_eq(found.items[0].steps[1].thread, 1);
	builder_free(child);
}
END_TEST

static struct trace_thread *thread(void)
{
	return builder_at(b, worker);
}

START_TEST(a_thread_that_nobody_joins)
{
	thread()->state = TRACE_THREAD_STARTED | TRACE_THREAD_ENDED;
	ck_assert_uint_eq(analyse(), 1);
	ck_assert_str_eq(found.items[0].rule->name, "thread-leak");
	ck_assert_int_eq(found.items[0].severity, SEVERITY_NOTE);
	ck_assert_str_eq(found.items[0].message,
			 "thread 2 ended, and was neither joined nor detached.");
}
END_TEST

static const uint32_t no_leaks[] = {
	TRACE_THREAD_STARTED,
	TRACE_THREAD_STARTED | TRACE_THREAD_ENDED | TRACE_THREAD_JOINED,
	TRACE_THREAD_STARTED | TRACE_THREAD_ENDED | TRACE_THREAD_DETACHED,
	TRACE_THREAD_STARTED | TRACE_THREAD_ENDED | TRACE_THREAD_FOREIGN,
};

START_TEST(threads_that_leak_nothing)
{
	thread()->state = no_leaks[_i];
	ck_assert_uint_eq(analyse(), 0);
}
END_TEST

START_TEST(a_killed_process_leaks_nothing)
{
	thread()->state = TRACE_THREAD_STARTED | TRACE_THREAD_ENDED;
	builder_header(b)->end = TRACE_END_running;
	ck_assert_uint_eq(analyse(), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("misuse");
	TCase *tcase = tcase_create("misuse");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_holder_is_a_second_step);
	tcase_add_test(tcase, a_cause_that_is_an_act_is_none_that_holds);
	tcase_add_test(tcase, who_holds_it_itself_is_one_step);
	tcase_add_test(tcase, who_waits_does_not_hold);
	tcase_add_test(tcase, an_unknown_cause_is_left_out);
	tcase_add_test(tcase, one_finding_for_each_place);
	tcase_add_test(tcase, another_rule_is_another_finding);
	tcase_add_test(tcase, another_object_may_have_taken_its_place);
	tcase_add_test(tcase, not_when_it_is_held);
	tcase_add_test(tcase, joins_are_about_no_lock);
	tcase_add_test(tcase, the_holder_at_a_fork_is_in_the_parent);
	tcase_add_test(tcase, a_thread_that_nobody_joins);
	tcase_add_loop_test(tcase, threads_that_leak_nothing, 0,
			    sizeof(no_leaks) / sizeof(no_leaks[0]));
	tcase_add_test(tcase, a_killed_process_leaks_nothing);
	suite_add_tcase(suite, tcase);
	return suite_run(suite);
}
