/* Unit tests: schedules that lead to a deadlock, and why there is none. */
#include "suite.h"
#include "witnessing.h"
#include "xalloc.h"

static void expect_move(size_t i, uint32_t thread, uint32_t lock, bool waits)
{
	ck_assert_uint_lt(i, move_count);
	ck_assert_uint_eq(node(moves[i].node)->thread, thread);
	ck_assert_uint_eq(node(moves[i].node)->lock, lock);
	ck_assert_int_eq(moves[i].waits, waits);
}

START_TEST(abba_is_told_in_order)
{
	uint32_t x = take_ab(), y = take_ba();
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 4);
	expect_move(0, t1, a, false);
	expect_move(1, t2, b, false);
	expect_move(2, t1, b, true);
	expect_move(3, t2, a, true);
}
END_TEST

/* t1 takes a under the gate and gives the gate back; t2 passes through a under the gate first. */
static void gate_let_go(bool passes, uint32_t *x, uint32_t *y)
{
	uint32_t outer = take_at(t1, NO_INDEX, gate, "gate");
	take_at(t1, outer, a, "f");
	uint32_t left = synthetic_node(made, t1, NO_INDEX, a, TRACE_OP_mutex_lock, "f", 0);
	*x = take_at(t1, left, b, "g");
	outer = take_at(t2, NO_INDEX, gate, "gate");
	if (passes)
		take_at(t2, outer, a, "f");
	*y = take_at(t2, take_at(t2, outer, b, "g"), a, "h");
}

START_TEST(who_must_pass_the_other_is_kept_out)
{
	uint32_t x, y;
	gate_let_go(true, &x, &y);
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
}
END_TEST

START_TEST(gate_that_is_let_go_comes_first)
{
	uint32_t x, y;
	gate_let_go(false, &x, &y);
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 5);
	expect_move(0, t1, a, false);
	expect_move(1, t2, gate, false);
}
END_TEST

START_TEST(first_of_two_is_free_of_the_second)
{
	uint32_t outer = take_at(t1, NO_INDEX, a, "f"), inner = take_at(t2, NO_INDEX, b, "f");
	uint32_t first = take_at(t1, outer, b, "g"), second = take_at(t1, outer, b, "h");
	uint32_t one = take_at(t2, inner, a, "g"), two = take_at(t2, inner, a, "h");
	ck_assert_int_eq(find_two(first, one), WITNESS_FOUND);
	ck_assert_int_eq(find_two(second, one), WITNESS_FOUND);
	expect_move(0, t1, a, false);
	ck_assert_int_eq(find_two(first, two), WITNESS_FOUND);
	expect_move(0, t2, b, false);
	/* Each has passed what the other holds since. */
	ck_assert_int_eq(find_two(second, two), WITNESS_NONE);
}
END_TEST

START_TEST(what_comes_later_does_not_matter)
{
	uint32_t outer = take_at(t1, NO_INDEX, a, "f"), inner = take_at(t2, NO_INDEX, b, "f");
	uint32_t x = take_at(t1, outer, b, "g"), y = take_at(t2, inner, a, "g");
	take_at(t1, outer, b, "later");
	take_at(t2, inner, a, "later");
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(creator_before_its_thread)
{
	uint32_t outer = take_at(made->main, NO_INDEX, a, "f");
	uint32_t x = take_at(made->main, outer, b, "g");
	uint32_t late = synthetic_thread(made, made->main, "late");
	uint32_t y = take_at(late, take_at(late, NO_INDEX, b, "f"), a, "g");
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	outer = take_at(made->main, NO_INDEX, a, "f again");
	ck_assert_int_eq(find_two(take_at(made->main, outer, b, "g"), y), WITNESS_FOUND);
}
END_TEST

START_TEST(creator_in_a_later_epoch)
{
	uint32_t outer = take_at(made->main, NO_INDEX, a, "f");
	uint32_t x = take_at(made->main, outer, b, "g");
	uint32_t late = synthetic_thread(made, made->main, "late");
	uint32_t y = take_at(late, take_at(late, NO_INDEX, b, "f"), a, "g");
	/* Again, after it has created the thread. */
	made->model.spans[node(outer)->first_span].last++;
	made->model.spans[node(x)->first_span].last++;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

/* The thread of the node holds its path at the end of that epoch. */
static void hold_across(uint32_t held, uint32_t epoch)
{
	struct model *model = &made->model;
	model->across =
		xreallocarray(model->across, model->across_count + 1, sizeof(*model->across));
	model->across[model->across_count++] = (struct across){held, epoch, epoch};
}

START_TEST(held_while_another_is_created)
{
	uint32_t outer = take_at(made->main, NO_INDEX, a, "f");
	hold_across(outer, made->epoch[made->main]);
	uint32_t late = synthetic_thread(made, made->main, "late");
	uint32_t x = take_at(made->main, outer, b, "g");
	uint32_t y = take_at(late, take_at(late, NO_INDEX, b, "f"), a, "g");
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
}
END_TEST

/* t1 holds the gate from before it creates a child until after it has joined it, or not so long. */
static enum witness gate_of_parent(bool until_joined)
{
	uint32_t held = take_at(t1, NO_INDEX, gate, "f");
	hold_across(held, 0);
	uint32_t child = synthetic_thread(made, t1, "child");
	uint32_t x = take_at(child, take_at(child, NO_INDEX, a, "f"), b, "g");
	uint32_t outer = take_at(t2, NO_INDEX, gate, "f");
	uint32_t y = take_at(t2, take_at(t2, outer, b, "f"), a, "g");
	if (until_joined)
		hold_across(held, 1);
	synthetic_join(made, t1, child);
	return find_two(x, y);
}

START_TEST(parent_that_holds_the_gate)
{
	ck_assert_int_eq(gate_of_parent(true), WITNESS_NONE);
}
END_TEST

START_TEST(parent_that_gives_the_gate_back)
{
	ck_assert_int_eq(gate_of_parent(false), WITNESS_FOUND);
}
END_TEST

START_TEST(waits_that_are_not_known)
{
	uint32_t x = take_ab(), y = take_ba();
	made->model.threads[t2].blind = 1;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.threads[t2].blind = 2; /* in an epoch after it stops */
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(what_is_not_understood)
{
	static const uint16_t ops[] = {TRACE_OP_mutex_trylock, TRACE_OP_mutex_timedlock,
				       TRACE_OP_cond_wait, TRACE_OP_fcntl_lock, 999};
	uint32_t x = take_ab(), y = take_ba();
	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		node(y)->op = ops[i];
		ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	}
	node(y)->op = TRACE_OP_mutex_lock;
	made->model.threads[t2].state |= TRACE_THREAD_FOREIGN;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.threads[t2].state &= ~TRACE_THREAD_FOREIGN;
	made->model.locks[a].lives = 2;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.locks[a].lives = 1;
	made->model.processes[0].widened = 1;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.processes[0].widened = 0;
	made->model.processes[0].complete = false;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.processes[0].complete = true;
	made->model.stacks[node(y)->stack].flags = TRACE_STACK_HANDLER;
	ck_assert_int_eq(find_two(x, y), WITNESS_NONE);
	made->model.stacks[node(y)->stack].flags = 0;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(lock_that_was_just_made)
{
	uint32_t x = take_ab(), y = take_ba();
	made->model.locks[a].created_by = t1;
	ck_assert_int_eq(find_two(x, y), WITNESS_FRESH);
	ck_assert_uint_eq(fresh, a);
	/* Who comes again has shown it in between. */
	node(x)->count = node(node(x)->parent)->count = 2;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
	node(x)->count = 1;
	ck_assert_int_eq(find_two(x, y), WITNESS_FRESH);
	made->model.locks[a].created_by = made->main;
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(lock_that_is_a_variable)
{
	uint32_t x = take_ab(), y = take_ba();
	made->model.locks[a].created_by = t1;
	made->model.modules = xcalloc(1, sizeof(*made->model.modules));
	made->model.module_count = 1;
	made->model.modules[0] = (struct module){
		.start = 0, .end = made->model.locks[a].address + 1, .unloaded = UINT32_MAX};
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

START_TEST(writer_waits_first)
{
	uint32_t outer = synthetic_node(made, t1, NO_INDEX, a, TRACE_OP_rwlock_rdlock, "f", 1);
	uint32_t x = synthetic_node(made, t1, outer, a, TRACE_OP_rwlock_rdlock, "g", 1);
	uint32_t y = synthetic_node(made, t2, NO_INDEX, a, TRACE_OP_rwlock_wrlock, "f", 1);
	const struct witness_party parties[] = {
		{.node = x, .holder = outer},
		{.node = y, .holder = NO_INDEX, .writer = true},
	};
	ck_assert_int_eq(find(parties, 2), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 3);
	expect_move(0, t1, a, false);
	expect_move(1, t2, a, true);
	expect_move(2, t1, a, true);
}
END_TEST

START_TEST(join_waits_for_who_stops)
{
	uint32_t end = synthetic_end(made, t2, "t2");
	uint32_t outer = take_at(t1, NO_INDEX, a, "f");
	const struct witness_party parties[] = {
		{.node = synthetic_node(made, t1, outer, end, TRACE_OP_join, "g", 1),
		 .holder = outer},
		{.node = take_at(t2, NO_INDEX, a, "f"), .holder = NO_INDEX},
	};
	synthetic_join(made, t1, t2);
	ck_assert_int_eq(find(parties, 2), WITNESS_FOUND);
	ck_assert_uint_eq(move_count, 3);
	expect_move(1, t1, end, true);
	expect_move(2, t2, a, true);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("witness");
	TCase *cases = tcase_create("witness");
	tcase_add_checked_fixture(cases, witnessing_begin, witnessing_end);
	tcase_add_test(cases, abba_is_told_in_order);
	tcase_add_test(cases, who_must_pass_the_other_is_kept_out);
	tcase_add_test(cases, gate_that_is_let_go_comes_first);
	tcase_add_test(cases, first_of_two_is_free_of_the_second);
	tcase_add_test(cases, what_comes_later_does_not_matter);
	tcase_add_test(cases, creator_before_its_thread);
	tcase_add_test(cases, creator_in_a_later_epoch);
	tcase_add_test(cases, held_while_another_is_created);
	tcase_add_test(cases, parent_that_holds_the_gate);
	tcase_add_test(cases, parent_that_gives_the_gate_back);
	tcase_add_test(cases, waits_that_are_not_known);
	tcase_add_test(cases, what_is_not_understood);
	tcase_add_test(cases, lock_that_was_just_made);
	tcase_add_test(cases, lock_that_is_a_variable);
	tcase_add_test(cases, writer_waits_first);
	tcase_add_test(cases, join_waits_for_who_stops);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
