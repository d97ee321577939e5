/*
 * Objects with a lock and a state: what the makers of this very program leave in them, as its
 * compiler made them. And copies of the program with damage.
 */
#include "code_birth.h"
#include "code_made.h"
#include "makers.h"
#include "own_code.h"
#include "suite.h"
#include <stdlib.h>
#include <string.h>

static uint32_t find_call(const struct code_function *function, const char *import)
{
	for (uint32_t i = 0; i < function->count; i++) {
		const char *called = function->steps[i].instruction.import;
		if (called && strcmp(called, import) == 0)
			return i;
	}
	return CODE_NOWHERE;
}

/* What is known of the state; false: nothing at all. */
static bool follow(struct asks *asks, const struct maker *maker, struct made_object *object)
{
	const struct code_values given = code_values_given();
	const struct code_function *function =
		asks_function(asks, own_code_address((uintptr_t)maker->function));
	struct code_flow *flow = function ? asks_flow(asks, function, &given, 0) : NULL;
	struct made made = {asks, function, flow, CODE_NOWHERE, CODE_NOWHERE};
	bool followed = false;
	if (flow) {
		/* What is cleared right away may become one call. */
		made.call = find_call(function, "malloc");
		if (made.call == CODE_NOWHERE)
			made.call = find_call(function, "calloc");
		made.mutex = find_call(function, "pthread_mutex_init");
	}
	*object = (struct made_object){
		.member = offsetof(struct work, state),
		.bytes = sizeof(int),
		.has_mutex = true,
		.mutex = offsetof(struct work, lock),
	};
	if (made.call != CODE_NOWHERE && made.mutex != CODE_NOWHERE) {
		const uint64_t returns = function->steps[made.mutex + 1].instruction.address;
		followed = made_follow(&made, &(struct made_calls){&returns, 1}, object);
	}
	made_object_end(object);
	code_flow_free(flow);
	return followed;
}

START_TEST(maker)
{
	struct object_file object;
	struct made_object made;
	own_code_write(own_code_bytes(), own_code_size());
	own_code_open(&object);
	struct asks *asks = asks_new(&object);
	ck_assert_ptr_nonnull(asks);
	bool followed = follow(asks, &makers[_i], &made) && made.has_value && !made.lost;
	ck_assert_msg(followed == makers[_i].followed, "maker %d", _i);
	ck_assert_uint_eq(made.mutex, offsetof(struct work, lock));
	if (followed)
		ck_assert_uint_eq(made.value, makers[_i].state);
	asks_free(asks);
	object_close(&object);
}
END_TEST

/* Whatever comes of it, it is an answer. */
static void follow_damaged(size_t from, size_t size, unsigned changes, unsigned *seed)
{
	struct object_file object;
	struct made_object made;
	own_code_damage(from, size, changes, seed);
	own_code_open(&object);
	struct asks *asks = asks_new(&object);
	for (size_t i = 0; asks && i < MAKERS; i++) {
		uint64_t value, at = own_code_address((uintptr_t)makers[i].function);
		follow(asks, &makers[i], &made);
		for (uint64_t j = 0; j < 64; j++)
			code_birth_of(asks,
				      &(struct code_birth){
					      .returns = {at + j, at + 2 * j, at + 64},
					      .count = 1 + j % BIRTH_MOST_CALLS,
					      .condition = 40,
				      },
				      88, 4, &value);
	}
	asks_free(asks);
	object_close(&object);
}

START_TEST(damage)
{
	unsigned seed = (unsigned)_i + 1;
	size_t code = own_code_address((uintptr_t)makers[0].function) & ~(size_t)0xfff;
	follow_damaged(code, 8192, 40, &seed);
	follow_damaged(code, 8192, 400, &seed);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("code_made");
	TCase *cases = tcase_create("code_made");

	tcase_add_checked_fixture(cases, own_code_setup, own_code_teardown);
	tcase_add_loop_test(cases, maker, 0, MAKERS);
	tcase_add_loop_test(cases, damage, 0, 20);
	tcase_set_timeout(cases, 60);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
