/*
 * Code that waits for a lock that it was refused, and code that does not: the tryers of this very
 * program, as its compiler made them. And copies of the program with damage.
 */
#include "code_function.h"
#include "code_refused.h"
#include "own_code.h"
#include "suite.h"
#include "tryers.h"
#include <string.h>

/* Calls from the tryer to the try. */
#define MAX_CALLS 3u

static const struct tryer *const tables[] = {flow_tryers, call_tryers, alias_tryers};

static const char *try_of(const struct tryer *tryer)
{
	return tryer->tried ? tryer->tried : "pthread_mutex_trylock";
}

static uint64_t start_of(const struct tryer *tryer)
{
	return own_code_address((uintptr_t)tryer->function);
}

static bool jumps_to(const struct object_code *code, uint64_t start, const char *try)
{
	struct code_function *function = code_function_new(code, start);
	bool jumps = false;
	for (uint32_t i = 0; function && i < function->count; i++) {
		const struct code_instruction *at = &function->steps[i].instruction;
		jumps |= at->kind == CODE_JUMP && at->import && strcmp(at->import, try) == 0;
	}
	code_function_free(function);
	return jumps;
}

/* The addresses that the first calls return to which lead to the try, from there outwards; how
 * many. */
static size_t find_try(const struct object_code *code, uint64_t start, const char *try,
		       uint64_t *returns, unsigned depth)
{
	struct code_function *function = code_function_new(code, start);
	size_t count = 0;
	for (uint32_t i = 0; function && !count && i < function->count; i++) {
		const struct code_instruction *at = &function->steps[i].instruction;
		if (at->kind != CODE_CALL)
			continue;
		if (at->target && depth)
			count = find_try(code, at->target, try, returns, depth - 1);
		if (count || (at->import && strcmp(at->import, try) == 0) ||
		    (at->target && jumps_to(code, at->target, try)))
			returns[count++] = at->address + at->length;
	}
	code_function_free(function);
	return count;
}

static bool tryer_waits(const struct object_code *code, const struct tryer *tryer)
{
	uint64_t returns[MAX_CALLS + 1];
	size_t count = find_try(code, start_of(tryer), try_of(tryer), returns, MAX_CALLS);
	uint64_t steps_left = REFUSED_ALL_STEPS;
	return count && code_refused_waits(code, returns, count, try_of(tryer), &steps_left);
}

static void ask_table(const struct object_code *code, const struct tryer *table, bool expected)
{
	for (const struct tryer *tryer = table; tryer->name; tryer++) {
		bool waits = tryer_waits(code, tryer);
		ck_assert_msg(!expected || waits == tryer->waits, "tryer %s: %d", tryer->name,
			      waits);
	}
}

/* Asks of all tryers of the copy; `expected`: whether the answers have to be right. */
static void ask_all(bool expected)
{
	struct object_file object;
	own_code_open(&object);
	struct object_code *code = object_code_new(&object);
	for (size_t i = 0; code && i < sizeof(tables) / sizeof(*tables); i++)
		ask_table(code, tables[i], expected);
	ck_assert(!expected || code);
	object_code_free(code);
	object_close(&object);
}

START_TEST(tryer)
{
	own_code_write(own_code_bytes(), own_code_size());
	ask_all(true);
}
END_TEST

/* Whatever comes of it, it is an answer. */
static void ask_damaged(size_t from, size_t size, unsigned changes, unsigned *seed)
{
	own_code_damage(from, size, changes, seed);
	ask_all(false);
}

START_TEST(damage)
{
	unsigned seed = (unsigned)_i + 1;
	size_t code = start_of(&flow_tryers[0]) & ~(size_t)0xfff;
	ask_damaged(0, own_code_size(), 200, &seed);
	ask_damaged(0, 4096, 8, &seed);
	ask_damaged(code, 8192, 400, &seed);
}
END_TEST

/* Who asks too much is told no. */
START_TEST(too_much)
{
	struct object_file object;
	uint64_t returns[MAX_CALLS + 1], steps_left = 8;
	const struct tryer *plain = flow_tryers;
	own_code_write(own_code_bytes(), own_code_size());
	own_code_open(&object);
	struct object_code *code = object_code_new(&object);
	while (strcmp(plain->name, "plain"))
		plain++;
	size_t count = find_try(code, start_of(plain), try_of(plain), returns, 0);
	ck_assert_uint_eq(count, 1);
	ck_assert(!code_refused_waits(code, returns, count, try_of(plain), &steps_left));
	ck_assert_uint_lt(steps_left, 8);
	steps_left = REFUSED_ALL_STEPS;
	ck_assert(code_refused_waits(code, returns, count, try_of(plain), &steps_left));
	ck_assert_uint_lt(steps_left, REFUSED_ALL_STEPS);
	object_code_free(code);
	object_close(&object);
}
END_TEST

START_TEST(unknown)
{
	struct object_file object;
	const uint64_t nowhere = 1;
	uint64_t steps_left = REFUSED_ALL_STEPS;
	own_code_write(own_code_bytes(), own_code_size());
	own_code_open(&object);
	struct object_code *code = object_code_new(&object);
	ck_assert(!code_refused_waits(code, &nowhere, 1, "pthread_mutex_trylock", &steps_left));
	ck_assert(!code_refused_waits(code, &nowhere, 0, "pthread_mutex_trylock", &steps_left));
	ck_assert(!code_refused_waits(code, &nowhere, 1, "pthread_mutex_lock", &steps_left));
	object_code_free(code);
	object_close(&object);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("code_refused");
	TCase *tests = tcase_create("code_refused");
	tcase_add_checked_fixture(tests, own_code_setup, own_code_teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, tryer);
	tcase_add_loop_test(tests, damage, 0, 50);
	tcase_add_test(tests, too_much);
	tcase_add_test(tests, unknown);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
