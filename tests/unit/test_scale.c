/*
 * Unit tests: the check lock-order on models as large as a large program leaves, of the shapes that
 * are worst for it. Check's time limit is the test; each takes a second or two.
 */
#include "suite.h"
#include "synthetic.h"

#define LOCKS 100000u
#define NODES 1000000u
#define THREADS 64u

static struct synthetic *made;
static struct findings found;
static uint32_t threads[THREADS];
static uint64_t state;

static void setup(void)
{
	made = synthetic_new();
	found = (struct findings){0};
	for (size_t i = 0; i < THREADS; i++)
		threads[i] = synthetic_thread(made, made->main, "worker");
	state = 1;
}

static void teardown(void)
{
	findings_free(&found);
	synthetic_free(made);
}

static uint32_t random_below(uint32_t limit)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(state >> 33) % limit;
}

static void locks_make(uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		synthetic_lock(made, "object");
}

/* Every thread takes chains of up to six locks, each from `pick`, until there are enough nodes. */
static void chains_make(uint32_t nodes, uint32_t (*pick)(uint32_t depth))
{
	while (made->model.node_count < nodes) {
		uint32_t node = NO_INDEX, thread = threads[random_below(THREADS)];
		for (uint32_t depth = 0; depth < 6; depth++)
			node = synthetic_take(made, thread, node, pick(depth));
	}
}

static uint32_t pick_ascending(uint32_t depth)
{
	return depth * (LOCKS / 6) + random_below(LOCKS / 6);
}

START_TEST(one_order_everywhere)
{
	locks_make(LOCKS);
	chains_make(NODES, pick_ascending);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 0);
	ck_assert_uint_eq(found.truncated.cycles, 0);
}
END_TEST

START_TEST(an_inversion_in_every_pair)
{
	locks_make(LOCKS);
	for (uint32_t i = 0; i < LOCKS; i += 2)
		for (size_t t = 0; t < 5; t++) {
			synthetic_nest(made, threads[t], i, i + 1, NO_INDEX);
			synthetic_nest(made, threads[t + 1], i + 1, i, NO_INDEX);
		}
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_uint_eq(found.items[0].instances, LOCKS / 2);
	ck_assert_uint_eq(found.truncated.cycles, 0);
}
END_TEST

static uint32_t pick_any(uint32_t depth)
{
	(void)depth;
	return random_below(LOCKS);
}

START_TEST(no_order_at_all)
{
	/* One component of all locks. What can be looked at is, and the rest is said to be cut. */
	locks_make(LOCKS);
	chains_make(NODES, pick_any);
	synthetic_check(made, &found);
	ck_assert_uint_ge(found.count, 1);
	ck_assert_int_le(found.items[0].verdict, VERDICT_POTENTIAL);
	ck_assert_uint_gt(found.truncated.cycles, 0);
}
END_TEST

static uint32_t pick_account(uint32_t depth)
{
	(void)depth;
	return random_below(2000);
}

START_TEST(two_thousand_accounts)
{
	locks_make(2000);
	chains_make(NODES, pick_account);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_uint_gt(found.items[0].instances, 10000);
	ck_assert_uint_gt(found.truncated.cycles, 0);
}
END_TEST

START_TEST(ten_thousand_threads_in_turn)
{
	locks_make(20);
	for (uint32_t i = 0; i < 10000; i++) {
		uint32_t thread = synthetic_thread(made, made->main, "turn");
		for (uint32_t lock = 0; lock < 20; lock += 2) {
			synthetic_nest(made, thread, lock, lock + 1, NO_INDEX);
			synthetic_nest(made, thread, lock + 1, lock, NO_INDEX);
		}
		synthetic_join(made, made->main, thread);
	}
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.count, 1);
	ck_assert_int_eq(found.items[0].reason, REASON_THREAD_ORDER);
	ck_assert_uint_eq(found.truncated.cycles, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("scale");
	TCase *cases = tcase_create("scale");
	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, one_order_everywhere);
	tcase_add_test(cases, an_inversion_in_every_pair);
	tcase_add_test(cases, no_order_at_all);
	tcase_add_test(cases, two_thousand_accounts);
	tcase_add_test(cases, ten_thousand_threads_in_turn);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
