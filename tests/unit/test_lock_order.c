/* Unit tests: findings of the check lock-order, their fingerprints, merging and sentences. */
#include "fingerprint.h"
#include "suite.h"
#include "synthetic.h"
#include <stdio.h>
#include <string.h>

static struct synthetic *made;
static struct findings found;
static uint32_t a, b, gate, t1, t2;

static void setup(void)
{
	made = synthetic_new();
	t1 = synthetic_thread(made, made->main, "worker");
	t2 = synthetic_thread(made, made->main, "flusher");
	a = synthetic_lock(made, "cache_lock");
	b = synthetic_lock(made, "queue_lock");
	gate = synthetic_lock(made, "gate");
	found = (struct findings){0};
}

static void teardown(void)
{
	findings_free(&found);
	synthetic_free(made);
}

static void check(void)
{
	findings_free(&found);
	synthetic_check(made, &found);
}

/* The only finding. */
static const struct finding *only(void)
{
	check();
	ck_assert_uint_eq(found.count, 1);
	return &found.items[0];
}

/* thread takes second inside first, in these functions. */
static uint32_t take_in(uint32_t thread, uint32_t first, const char *first_function,
			uint32_t second, const char *second_function)
{
	uint32_t node = synthetic_node(made, thread, NO_INDEX, first, TRACE_OP_mutex_lock,
				       first_function, 1);
	return synthetic_node(made, thread, node, second, TRACE_OP_mutex_lock, second_function, 1);
}

START_TEST(nothing_to_find)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, t2, a, b, NO_INDEX);
	check();
	ck_assert_uint_eq(found.count, 0);
	ck_assert_uint_eq(found.truncated.cycles, 0);
}
END_TEST

START_TEST(abba_is_told_whole)
{
	uint32_t y = synthetic_nest(made, t2, b, a, NO_INDEX);
	uint32_t x = synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	made->model.nodes[x].count = 17;
	const struct finding *finding = only();
	ck_assert_str_eq(finding->rule->name, "lock-order");
	ck_assert_int_eq(finding->verdict, VERDICT_FEASIBLE);
	ck_assert_int_eq(finding->severity, SEVERITY_ERROR);
	ck_assert_uint_eq(finding->instances, 1);
	ck_assert_uint_eq(findings_count(&found, KIND_LOCK_INVERSION), 1);
	ck_assert_uint_eq(finding->lock_count, 2);
	ck_assert_uint_eq(finding->locks[0], a);
	ck_assert_uint_eq(finding->locks[1], b);
	ck_assert_uint_eq(finding->thread_count, 2);
	ck_assert_uint_eq(finding->step_count, 2);
	const struct finding_step *first = &finding->steps[0], *second = &finding->steps[1];
	ck_assert_uint_eq(first->thread, t1);
	ck_assert_uint_eq(first->hold_count, 2);
	ck_assert_uint_eq(first->holds[0].lock, gate);
	ck_assert_uint_eq(first->holds[1].lock, a);
	ck_assert_uint_eq(first->wants.lock, b);
	ck_assert_uint_eq(first->wants.op, TRACE_OP_mutex_lock);
	ck_assert_uint_eq(first->wants.stack, made->model.nodes[x].stack);
	ck_assert_uint_eq(first->count, 17);
	ck_assert_uint_eq(second->thread, t2);
	ck_assert_uint_eq(second->wants.stack, made->model.nodes[y].stack);
	ck_assert_uint_eq(second->holds[0].lock, b);
	ck_assert_str_eq(finding->message,
			 "worker takes queue_lock while holding cache_lock, and flusher takes "
			 "cache_lock while holding queue_lock: each can end up waiting for the "
			 "other.");
}
END_TEST

START_TEST(discharged_is_a_note_with_a_reason)
{
	synthetic_nest(made, t1, gate, a, b, NO_INDEX);
	synthetic_nest(made, t2, gate, b, a, NO_INDEX);
	const struct finding *finding = only();
	ck_assert_int_eq(finding->verdict, VERDICT_DISCHARGED);
	ck_assert_int_eq(finding->reason, REASON_GATE_LOCK);
	ck_assert_int_eq(finding->severity, SEVERITY_NOTE);
	ck_assert_uint_eq(findings_count(&found, KIND_LOCK_INVERSION), 0);
	ck_assert_str_eq(finding->message,
			 "worker takes queue_lock while holding cache_lock, and flusher takes "
			 "cache_lock while holding queue_lock, but both hold gate as well, so that "
			 "only one can be there at a time.");
}
END_TEST

START_TEST(single_thread_is_told)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, t1, b, a, NO_INDEX);
	ck_assert_str_eq(
		only()->message,
		"worker takes queue_lock while holding cache_lock, and also takes "
		"cache_lock while holding queue_lock, but only one thread ever does both.");
}
END_TEST

START_TEST(try_is_told)
{
	synthetic_nest(made, t1, a, b, NO_INDEX);
	uint32_t node = synthetic_take(made, t2, NO_INDEX, b);
	synthetic_node(made, t2, node, a, TRACE_OP_mutex_trylock, "f", 1);
	ck_assert_str_eq(only()->message,
			 "worker takes queue_lock while holding cache_lock, and flusher tries "
			 "cache_lock while holding queue_lock, but flusher does not wait for "
			 "cache_lock when it is taken.");
}
END_TEST

START_TEST(time_limit_and_condition_wait_are_told)
{
	uint32_t node = synthetic_take(made, t1, NO_INDEX, a);
	synthetic_node(made, t1, node, b, TRACE_OP_cond_wait, "f", 1);
	node = synthetic_take(made, t2, NO_INDEX, b);
	synthetic_node(made, t2, node, a, TRACE_OP_mutex_timedlock, "f", 1);
	ck_assert_str_eq(only()->message,
			 "worker takes queue_lock again after a condition wait while holding "
			 "cache_lock, and flusher takes cache_lock with a time limit while holding "
			 "queue_lock, but flusher gives up waiting for cache_lock after a time.");
}
END_TEST

START_TEST(order_and_sharing_are_told)
{
	synthetic_nest(made, made->main, a, b, NO_INDEX);
	uint32_t later = synthetic_thread(made, made->main, "later");
	synthetic_nest(made, later, b, a, NO_INDEX);
	ck_assert_str_eq(
		only()->message,
		"main takes queue_lock while holding cache_lock, and later takes "
		"cache_lock while holding queue_lock, but never at the same time: one side "
		"is over before the other starts (create, join, fork, wait).");
	uint32_t node = synthetic_node(made, t1, NO_INDEX, gate, TRACE_OP_rwlock_rdlock, "f", 1);
	synthetic_node(made, t1, node, a, TRACE_OP_rwlock_rdlock, "f", 1);
	node = synthetic_node(made, t2, NO_INDEX, a, TRACE_OP_rwlock_rdlock, "f", 1);
	synthetic_node(made, t2, node, gate, TRACE_OP_rwlock_rdlock, "f", 1);
	check();
	ck_assert_uint_eq(found.count, 2);
	size_t shared = found.items[0].reason == REASON_READ_SHARED ? 0 : 1;
	ck_assert_str_eq(
		found.items[shared].message,
		"flusher takes gate for reading while holding cache_lock, and worker takes "
		"cache_lock for reading while holding gate, but readers do not wait for "
		"each other.");
}
END_TEST

START_TEST(twins_are_told_apart)
{
	uint32_t x = synthetic_lock(made, "account"), y = synthetic_lock(made, "account");
	uint32_t other = synthetic_thread(made, made->main, "worker");
	synthetic_nest(made, t1, x, y, NO_INDEX);
	synthetic_nest(made, other, y, x, NO_INDEX);
	ck_assert_str_eq(
		only()->message,
		"worker takes one account while holding another, and another worker takes "
		"the same two the other way round: each can end up waiting for the other.");
}
END_TEST

/* Threads of their own take each of `count` locks inside the one before it, in a ring. */
static void ring(const uint32_t *locks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		synthetic_nest(made, synthetic_thread(made, made->main, "philosopher"), locks[i],
			       locks[(i + 1) % count], NO_INDEX);
}

START_TEST(five_are_told_in_short)
{
	static const char *const names[] = {"e", "d", "c", "b", "a"};
	uint32_t locks[5];
	for (size_t i = 0; i < 5; i++)
		locks[i] = synthetic_lock(made, names[i]);
	ring(locks, 5);
	const struct finding *finding = only();
	ck_assert_uint_eq(finding->step_count, 5);
	ck_assert_uint_eq(finding->locks[0], locks[4]);
	ck_assert_uint_eq(finding->locks[1], locks[0]);
	ck_assert_str_eq(
		finding->message,
		"philosopher takes e while holding a, and so on round 5 locks (a, e, d, c, "
		"b) back to the first: each can end up waiting for the next, in a circle.");
}
END_TEST

START_TEST(instances_are_one_finding)
{
	for (size_t i = 0; i < 1000; i++) {
		uint32_t x = synthetic_lock(made, "parent"), y = synthetic_lock(made, "child");
		synthetic_nest(made, t1, x, y, NO_INDEX);
		synthetic_nest(made, t2, y, x, NO_INDEX);
	}
	ck_assert_uint_eq(only()->instances, 1000);
}
END_TEST

static const char *id_of_ring(size_t count)
{
	static char id[FINDING_ID_SIZE];
	uint32_t locks[8];
	teardown();
	setup();
	for (size_t i = 0; i < count; i++)
		locks[i] = synthetic_lock(made, "fork");
	ring(locks, count);
	snprintf(id, sizeof(id), "%s", only()->id);
	return id;
}

START_TEST(size_of_a_ring_does_not_matter)
{
	char two[FINDING_ID_SIZE];
	snprintf(two, sizeof(two), "%s", id_of_ring(2));
	ck_assert_str_eq(two, id_of_ring(5));
	ck_assert_str_eq(two, id_of_ring(7));
}
END_TEST

START_TEST(places_make_different_bugs)
{
	for (size_t i = 0; i < 2; i++) {
		uint32_t x = synthetic_lock(made, "parent"), y = synthetic_lock(made, "child");
		take_in(t1, x, "walk", y, i ? "insert" : "remove");
		take_in(t2, y, "drop", x, "drop");
	}
	check();
	ck_assert_uint_eq(found.count, 2);
	ck_assert_int_ne(strcmp(found.items[0].id, found.items[1].id), 0);
}
END_TEST

START_TEST(compiler_suffixes_do_not)
{
	for (size_t i = 0; i < 2; i++) {
		uint32_t x = synthetic_lock(made, "parent"), y = synthetic_lock(made, "child");
		take_in(t1, x, "walk", y, i ? "insert" : "insert.constprop.0");
		take_in(t2, y, "drop", x, i ? "drop" : "drop.part.1.isra.0");
	}
	ck_assert_uint_eq(only()->instances, 2);
}
END_TEST

START_TEST(threads_and_order_of_recording_do_not)
{
	char id[FINDING_ID_SIZE];
	take_in(t1, a, "f", b, "g");
	take_in(t2, b, "h", a, "i");
	snprintf(id, sizeof(id), "%s", only()->id);
	teardown();
	setup();
	uint32_t other = synthetic_thread(made, made->main, "other");
	b = synthetic_lock(made, "queue_lock");
	a = synthetic_lock(made, "cache_lock");
	uint32_t node = take_in(other, b, "h", a, "i");
	made->model.nodes[node].count = 99;
	take_in(t2, a, "f", b, "g");
	ck_assert_str_eq(id, only()->id);
}
END_TEST

START_TEST(feasible_wins_over_discharged)
{
	for (size_t i = 0; i < 3; i++) {
		uint32_t x = synthetic_lock(made, "parent"), y = synthetic_lock(made, "child");
		synthetic_nest(made, t1, x, y, NO_INDEX);
		synthetic_nest(made, i == 1 ? t2 : t1, y, x, NO_INDEX);
	}
	const struct finding *finding = only();
	ck_assert_int_eq(finding->verdict, VERDICT_FEASIBLE);
	ck_assert_uint_eq(finding->thread_count, 2);
	ck_assert_uint_eq(finding->instances, 3);
}
END_TEST

START_TEST(worst_comes_first)
{
	synthetic_nest(made, t1, a, gate, NO_INDEX);
	synthetic_nest(made, t1, gate, a, NO_INDEX);
	synthetic_nest(made, t1, a, b, NO_INDEX);
	synthetic_nest(made, t2, b, a, NO_INDEX);
	check();
	ck_assert_uint_eq(found.count, 2);
	ck_assert_int_eq(found.items[0].verdict, VERDICT_FEASIBLE);
	ck_assert_int_eq(found.items[1].verdict, VERDICT_DISCHARGED);
}
END_TEST

START_TEST(relocked_on_the_path_is_held_once)
{
	synthetic_nest(made, t1, a, gate, a, b, NO_INDEX);
	synthetic_nest(made, t2, b, a, NO_INDEX);
	const struct finding *finding = only();
	ck_assert_uint_eq(finding->steps[0].hold_count, 2);
	ck_assert_uint_eq(finding->steps[0].holds[0].lock, a);
	ck_assert_uint_eq(finding->steps[0].holds[1].lock, gate);
}
END_TEST

START_TEST(cut_searches_are_counted)
{
	/* Accounts, locked in pairs in any order: far more cycles than can be looked at. */
	static uint32_t accounts[600];
	uint32_t threads[8];
	for (size_t i = 0; i < 8; i++)
		threads[i] = synthetic_thread(made, made->main, "teller");
	for (size_t i = 0; i < 600; i++)
		accounts[i] = synthetic_lock(made, "account");
	for (size_t i = 0; i < 600; i++)
		for (size_t j = 0; j < 600; j += 3)
			if (i != j)
				synthetic_nest(made, threads[(i * 7 + j) % 8], accounts[i],
					       accounts[j], NO_INDEX);
	const struct finding *finding = only();
	ck_assert_int_eq(finding->verdict, VERDICT_POTENTIAL);
	ck_assert_uint_gt(finding->instances, 10000);
	ck_assert_uint_gt(found.truncated.cycles, 0);
}
END_TEST

START_TEST(fingerprint_is_fnv_1a)
{
	/* A text and its NUL; computed apart from this code. Must never change. */
	char id[FINDING_ID_SIZE];
	ck_assert_uint_eq(fingerprint_text(FINGERPRINT_START, "foobar"),
			  UINT64_C(0x34531ca7168b8f38));
	fingerprint_id(UINT64_C(0x1234000000000001), id);
	ck_assert_str_eq(id, "GD-000000001235");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lock-order");
	TCase *cases = tcase_create("lock-order");
	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, nothing_to_find);
	tcase_add_test(cases, abba_is_told_whole);
	tcase_add_test(cases, discharged_is_a_note_with_a_reason);
	tcase_add_test(cases, single_thread_is_told);
	tcase_add_test(cases, try_is_told);
	tcase_add_test(cases, time_limit_and_condition_wait_are_told);
	tcase_add_test(cases, order_and_sharing_are_told);
	tcase_add_test(cases, twins_are_told_apart);
	tcase_add_test(cases, five_are_told_in_short);
	tcase_add_test(cases, instances_are_one_finding);
	tcase_add_test(cases, size_of_a_ring_does_not_matter);
	tcase_add_test(cases, places_make_different_bugs);
	tcase_add_test(cases, compiler_suffixes_do_not);
	tcase_add_test(cases, threads_and_order_of_recording_do_not);
	tcase_add_test(cases, feasible_wins_over_discharged);
	tcase_add_test(cases, worst_comes_first);
	tcase_add_test(cases, relocked_on_the_path_is_held_once);
	tcase_add_test(cases, cut_searches_are_counted);
	tcase_add_test(cases, fingerprint_is_fnv_1a);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
