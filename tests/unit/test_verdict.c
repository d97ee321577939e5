/* Unit tests: which cycles can deadlock, and why modes, gates and numbers of threads keep others
 * from it. */
#include "judging.h"
#include "suite.h"

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
	tcase_add_checked_fixture(cases, judging_setup, judging_teardown);
	tcase_add_test(cases, abba_is_potential);
	tcase_add_test(cases, one_thread_cannot);
	tcase_add_test(cases, gate_lets_one_in);
	tcase_add_test(cases, gate_taken_between_is_a_gate);
	tcase_add_test(cases, different_gates_are_none);
	tcase_add_test(cases, shared_gate_is_none);
	tcase_add_test(cases, half_shared_gate_is_one);
	tcase_add_test(cases, tried_gate_is_one);
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
	tcase_add_test(cases, too_few_threads_are_counted);
	tcase_add_test(cases, what_is_too_much_is_not_called_safe);
	tcase_add_test(cases, equal_nodes_are_counted_together);
	tcase_add_test(cases, smallest_place_stands_for_an_edge);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
