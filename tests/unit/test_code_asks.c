/*
 * Code that asks for news before it joins a thread, and code that does not: the joiners of this
 * very program, as its compiler made them. And copies of the program with damage.
 */
#include "code_asks.h"
#include "joiners.h"
#include "own_code.h"
#include "suite.h"
#include <stdlib.h>
#include <string.h>

static bool is_changed(const struct condition_test *test, const struct code_value *value)
{
	(void)test;
	return value->base == CODE_GIVEN && value->key == CODE_RDI &&
	       value->offset == offsetof(struct pool, changed);
}

static bool is_lock(const struct condition_test *test, const struct code_value *value)
{
	(void)test;
	return value->base == CODE_GIVEN && value->key == CODE_RDI &&
	       value->offset == offsetof(struct pool, lock);
}

static uint32_t find_call(const struct code_function *function, const char *import)
{
	for (uint32_t i = 0; i < function->count; i++) {
		const char *called = function->steps[i].instruction.import;
		if (called && strcmp(called, import) == 0)
			return i;
	}
	return CODE_NOWHERE;
}

static bool joiner_asks(struct asks *asks, size_t joiner)
{
	static const struct condition_test test = {is_changed, is_lock, NULL};
	const struct code_function *function =
		asks_function(asks, own_code_address((uintptr_t)joiners[joiner].function));
	struct code_values given = code_values_given();
	if (!function)
		return false;
	struct code_flow *flow = asks_flow(asks, function, &given, 0);
	uint32_t from = find_call(function, "pthread_mutex_lock");
	uint32_t to = find_call(function, "pthread_join");
	bool answer = flow && from != CODE_NOWHERE && to != CODE_NOWHERE &&
		      asks_between(asks, function, flow, from, to, 0, &test);
	code_flow_free(flow);
	return answer;
}

START_TEST(joiner)
{
	struct object_file object;
	own_code_write(own_code_bytes(), own_code_size());
	own_code_open(&object);
	struct asks *asks = asks_new(&object);
	ck_assert_ptr_nonnull(asks);
	bool answer = joiner_asks(asks, (size_t)_i);
	ck_assert_msg(answer == joiners[_i].asks || (!answer && joiners[_i].hidden), "joiner %d",
		      _i);
	asks_free(asks);
	object_close(&object);
}
END_TEST

START_TEST(no_such_file)
{
	struct object_file object;
	own_code_open_file(&object, "/nowhere/program");
	ck_assert_ptr_null(asks_new(&object));
	object_close(&object);
	own_code_write((const unsigned char *)"#!/bin/sh\n", 10);
	own_code_open(&object);
	ck_assert_ptr_null(asks_new(&object));
	object_close(&object);
}
END_TEST

/* Whatever comes of it, it is an answer. */
static void ask_damaged(size_t from, size_t size, unsigned changes, unsigned *seed)
{
	struct object_file object;
	own_code_damage(from, size, changes, seed);
	own_code_open(&object);
	struct asks *asks = asks_new(&object);
	for (size_t i = 0; asks && i < JOINERS; i++)
		joiner_asks(asks, i);
	for (unsigned i = 0; asks && i < 16; i++)
		asks_function(asks, (uint64_t)rand_r(seed) % own_code_size());
	asks_free(asks);
	object_close(&object);
}

START_TEST(damage)
{
	unsigned seed = (unsigned)_i + 1;
	size_t code = own_code_address((uintptr_t)joiners[0].function) & ~(size_t)0xfff;
	ask_damaged(0, own_code_size(), 200, &seed);
	ask_damaged(0, 4096, 8, &seed);
	ask_damaged(code, 8192, 400, &seed);
	ask_damaged(own_code_size() - 4096, 4096, 20, &seed); /* section headers */
}
END_TEST

START_TEST(cut_short)
{
	struct object_file object;
	own_code_write(own_code_bytes(), own_code_size() * (size_t)_i / 16);
	own_code_open(&object);
	struct asks *asks = asks_new(&object);
	for (size_t i = 0; asks && i < JOINERS; i++)
		joiner_asks(asks, i);
	asks_free(asks);
	object_close(&object);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("code_asks");
	TCase *tests = tcase_create("code_asks");
	tcase_add_checked_fixture(tests, own_code_setup, own_code_teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, joiner, 0, JOINERS);
	tcase_add_test(tests, no_such_file);
	tcase_add_loop_test(tests, damage, 0, 50);
	tcase_add_loop_test(tests, cut_short, 0, 16);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
