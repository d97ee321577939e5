/* Unit tests: which calls of a once come after one that has come back. */
#include "once.h"
#include "suite.h"
#include "synthetic.h"
#include <stdlib.h>

static struct synthetic *made;
static uint32_t once, other, m;

static void setup(void)
{
	made = synthetic_new();
	once = synthetic_lock(made, "once");
	other = synthetic_lock(made, "other");
	m = synthetic_lock(made, "m");
	made->model.locks[once].kind = TRACE_LOCK_once;
	made->model.locks[other].kind = TRACE_LOCK_once;
}

static void teardown(void)
{
	synthetic_free(made);
}

static uint32_t call(uint32_t thread, uint32_t parent, uint32_t lock)
{
	return synthetic_node(made, thread, parent, lock, TRACE_OP_once_done, "f", 1);
}

static uint32_t run(uint32_t thread, uint32_t lock)
{
	return synthetic_node(made, thread, NO_INDEX, lock, TRACE_OP_once, "f", 1);
}

static bool known(uint32_t node)
{
	struct order *order = order_new(&made->model);
	bool *all = once_known(&made->model, order), result = all && all[node];

	free(all);
	order_free(order);
	return result;
}

START_TEST(nothing_without_calls)
{
	struct order *order = order_new(&made->model);

	synthetic_take(made, made->main, NO_INDEX, m);
	run(made->main, once);
	ck_assert_ptr_null(once_known(&made->model, order));
	order_free(order);
}
END_TEST

START_TEST(first_calls_are_not_known)
{
	uint32_t one = synthetic_thread(made, made->main, "one");
	uint32_t two = synthetic_thread(made, made->main, "two");
	uint32_t first = call(one, NO_INDEX, once);
	uint32_t second = call(two, synthetic_take(made, two, NO_INDEX, m), once);

	ck_assert(!known(first));
	ck_assert(!known(second));
}
END_TEST

START_TEST(a_thread_knows_what_it_did)
{
	uint32_t one = synthetic_thread(made, made->main, "one"), first, again, another;

	run(one, once);
	first = call(one, NO_INDEX, once);
	again = call(one, synthetic_take(made, one, NO_INDEX, m), once);
	another = call(one, NO_INDEX, other);
	ck_assert(!known(first));
	ck_assert(known(again));
	ck_assert(!known(another));
}
END_TEST

START_TEST(creation_hands_it_on)
{
	uint32_t before = synthetic_thread(made, made->main, "before"), after;
	uint32_t early, late;

	call(made->main, NO_INDEX, once);
	after = synthetic_thread(made, made->main, "after");
	early = call(before, NO_INDEX, once);
	late = call(after, NO_INDEX, once);
	ck_assert(!known(early));
	ck_assert(known(late));
}
END_TEST

/* Created in the initialiser: that is before it is complete. */
START_TEST(running_is_not_knowing)
{
	uint32_t created, its;

	run(made->main, once);
	created = synthetic_thread(made, made->main, "created");
	its = call(created, NO_INDEX, once);
	call(made->main, NO_INDEX, once);
	ck_assert(!known(its));
}
END_TEST

START_TEST(joining_brings_it_back)
{
	uint32_t one = synthetic_thread(made, made->main, "one"), later;

	call(one, NO_INDEX, once);
	synthetic_join(made, made->main, one);
	later = call(made->main, synthetic_take(made, made->main, NO_INDEX, m), once);
	ck_assert(known(later));
}
END_TEST

/* It may have been another once in the same place. */
START_TEST(lives_are_not_told_apart)
{
	uint32_t again;

	call(made->main, NO_INDEX, once);
	again = call(made->main, synthetic_take(made, made->main, NO_INDEX, m), once);
	made->model.locks[once].lives = 2;
	ck_assert(!known(again));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("once");
	TCase *tests = tcase_create("calls");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, nothing_without_calls);
	tcase_add_test(tests, first_calls_are_not_known);
	tcase_add_test(tests, a_thread_knows_what_it_did);
	tcase_add_test(tests, creation_hands_it_on);
	tcase_add_test(tests, running_is_not_knowing);
	tcase_add_test(tests, joining_brings_it_back);
	tcase_add_test(tests, lives_are_not_told_apart);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
