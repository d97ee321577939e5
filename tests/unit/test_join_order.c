/* Unit tests: cycles in which a thread is joined. */
#include "joins.h"

#include "suite.h"
#include "synthetic.h"

static struct synthetic *made;
static struct findings found;
static uint32_t a, b, worker, other, end_of_worker, end_of_other;

static uint32_t end_of(uint32_t thread, const char *name)
{
	uint32_t lock = synthetic_lock(made, name);
	made->model.locks[lock].kind = TRACE_LOCK_thread;
	made->model.locks[lock].thread = thread;
	return lock;
}

static void setup(void)
{
	made = synthetic_new();
	worker = synthetic_thread(made, made->main, "worker");
	other = synthetic_thread(made, made->main, "other");
	a = synthetic_lock(made, "cache_lock");
	b = synthetic_lock(made, "queue_lock");
	end_of_worker = end_of(worker, "thread worker");
	end_of_other = end_of(other, "thread other");
	found = (struct findings){0};
}

static void teardown(void)
{
	findings_free(&found);
	synthetic_free(made);
}

static const struct finding *only(void)
{
	findings_free(&found);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 1);
	return &found.items[0];
}

static void expect_none(void)
{
	findings_free(&found);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 0);
}

/* joiner joins the thread of that end while it holds the lock (NO_INDEX: nothing). */
static uint32_t join(uint32_t joiner, uint32_t held, uint32_t end)
{
	uint32_t hold = NO_INDEX;
	if (held != NO_INDEX)
		hold = synthetic_take(made, joiner, NO_INDEX, held);
	return synthetic_node(made, joiner, hold, end, TRACE_OP_join, "stop", 1);
}

START_TEST(join_is_told_with_the_joiner_first)
{
	synthetic_nest(made, worker, b, a, NO_INDEX);
	join(made->main, a, end_of_worker);
	const struct finding *finding = only();
	ck_assert_str_eq(finding->rule->name, "join-order");
	ck_assert_int_eq(finding->verdict, VERDICT_FEASIBLE);
	ck_assert_uint_eq(finding->lock_count, 2);
	ck_assert_str_eq(finding->message,
			 "main joins worker while holding cache_lock, which worker takes: each can "
			 "end up waiting for the other.");
}
END_TEST

START_TEST(the_end_is_held_in_its_own_step_only)
{
	synthetic_nest(made, worker, b, a, NO_INDEX);
	join(made->main, a, end_of_worker);
	const struct finding *finding = only();
	const struct finding_step *step =
		&finding->steps[finding->steps[0].thread == worker ? 0 : 1];
	ck_assert_uint_eq(step->hold_count, 2);
	ck_assert_uint_eq(step->holds[0].lock, end_of_worker);
	ck_assert_uint_eq(step->holds[0].op, JOINS_HOLD_OP);
	ck_assert_uint_eq(step->holds[1].lock, b);
}
END_TEST

START_TEST(who_joins_with_nothing_held_is_on_no_circle)
{
	synthetic_take(made, worker, NO_INDEX, a);
	join(made->main, NO_INDEX, end_of_worker);
	expect_none();
}
END_TEST

START_TEST(a_lock_that_others_take_does_not_matter)
{
	synthetic_take(made, other, NO_INDEX, a);
	join(made->main, a, end_of_worker);
	expect_none();
}
END_TEST

START_TEST(who_joins_itself_is_on_no_circle)
{
	join(worker, a, end_of_worker);
	synthetic_take(made, worker, NO_INDEX, a);
	expect_none();
}
END_TEST

START_TEST(joins_make_chains)
{
	synthetic_take(made, other, NO_INDEX, a);
	join(worker, NO_INDEX, end_of_other);
	join(made->main, a, end_of_worker);
	const struct finding *finding = only();
	ck_assert_uint_eq(finding->lock_count, 3);
	ck_assert_str_eq(finding->message,
			 "main joins worker while holding cache_lock, worker joins other before it "
			 "ends, and other takes cache_lock before it ends: each can end up "
			 "waiting for the next, in a circle.");
}
END_TEST

START_TEST(a_time_limit_discharges)
{
	uint32_t node = join(made->main, a, end_of_worker);
	made->model.nodes[node].op = TRACE_OP_timedjoin;
	synthetic_take(made, worker, NO_INDEX, a);
	const struct finding *finding = only();
	ck_assert_int_eq(finding->reason, REASON_TIMED);
	ck_assert_str_eq(finding->message,
			 "main joins worker with a time limit while holding cache_lock, which "
			 "worker takes, but main gives up waiting for worker after a time.");
}
END_TEST

START_TEST(other_cycles_of_joined_threads_stay_as_they_are)
{
	synthetic_nest(made, worker, a, b, NO_INDEX);
	synthetic_nest(made, other, b, a, NO_INDEX);
	join(made->main, synthetic_lock(made, "third"), end_of_worker);
	const struct finding *finding = only();
	ck_assert_str_eq(finding->rule->name, "lock-order");
	ck_assert_uint_eq(finding->steps[0].hold_count, 1);
	ck_assert_uint_eq(finding->steps[1].hold_count, 1);
}
END_TEST

START_TEST(equal_threads_are_one_class)
{
	enum { THREADS = 2000 };
	uint32_t hold = synthetic_take(made, made->main, NO_INDEX, a);
	for (int i = 0; i < THREADS; i++) {
		uint32_t thread = synthetic_thread(made, made->main, "pool");
		uint32_t end = end_of(thread, "thread pool");
		synthetic_nest(made, thread, a, b, NO_INDEX);
		synthetic_nest(made, thread, b, a, NO_INDEX);
		synthetic_node(made, made->main, hold, end, TRACE_OP_join, "stop", 1);
	}
	findings_free(&found);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.truncated.cycles, 0);
	ck_assert_uint_ge(found.count, 2);
}
END_TEST

START_TEST(nodes_keep_their_indices)
{
	uint32_t inner = synthetic_nest(made, worker, b, a, NO_INDEX);
	join(made->main, a, end_of_worker);
	struct model *laid = joins_lay(&made->model);
	ck_assert_ptr_nonnull(laid);
	ck_assert_uint_eq(laid->node_count, made->model.node_count + 1);
	uint32_t top = laid->nodes[laid->nodes[inner].parent].parent;
	ck_assert_uint_eq(top, made->model.node_count);
	ck_assert_uint_eq(laid->nodes[top].lock, end_of_worker);
	ck_assert_uint_eq(laid->nodes[top].count, 0);
	joins_free(laid);
}
END_TEST

START_TEST(nothing_is_made_without_joins)
{
	synthetic_nest(made, worker, b, a, NO_INDEX);
	ck_assert_ptr_null(joins_lay(&made->model));
}
END_TEST

START_TEST(what_nobody_came_to_is_left_alone)
{
	uint32_t hold = synthetic_take(made, made->main, NO_INDEX, b);
	synthetic_node(made, made->main, hold, end_of_other, TRACE_OP_join, "stop", 0);
	synthetic_take(made, worker, NO_INDEX, a);
	join(made->main, a, end_of_worker);
	const struct finding *finding = only();
	ck_assert_uint_eq(finding->lock_count, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("join-order");
	TCase *test = tcase_create("join-order");
	tcase_set_timeout(test, 60);
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, join_is_told_with_the_joiner_first);
	tcase_add_test(test, the_end_is_held_in_its_own_step_only);
	tcase_add_test(test, who_joins_with_nothing_held_is_on_no_circle);
	tcase_add_test(test, a_lock_that_others_take_does_not_matter);
	tcase_add_test(test, who_joins_itself_is_on_no_circle);
	tcase_add_test(test, joins_make_chains);
	tcase_add_test(test, a_time_limit_discharges);
	tcase_add_test(test, other_cycles_of_joined_threads_stay_as_they_are);
	tcase_add_test(test, equal_threads_are_one_class);
	tcase_add_test(test, nodes_keep_their_indices);
	tcase_add_test(test, nothing_is_made_without_joins);
	tcase_add_test(test, what_nobody_came_to_is_left_alone);
	suite_add_tcase(suite, test);
	return suite_run(suite);
}
